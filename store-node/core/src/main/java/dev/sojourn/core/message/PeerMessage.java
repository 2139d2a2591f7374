package dev.sojourn.core.message;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.Optional;

/**
 * A message between POPs about one session, which its envelope names by key hash. Order between
 * messages is never relied on; a repeated, late or lost one does no harm.
 *
 * <p>A message dispatches itself to one method of a {@link Handler}, so that a forgotten kind does
 * not compile.
 */
public sealed interface PeerMessage {
  void dispatchTo(Handler handler, PopId from);

  /** Why a session is asked for. */
  enum Purpose {
    /** A user's request, with its operations. The only purpose that is ever passed on. */
    SERVE,
    /** In the background, after a request was passed on or an offer: "now may I have it?" */
    SETTLE,
    /**
     * A user's request without its operations, because the asked POP may not see one of their
     * values (rule R22): "hand it over, and I run the request". Granted if that is lawful, whatever
     * the strategy says.
     */
    TAKE,
    /** By the grantee alone: its own grant once more. */
    FETCH
  }

  /** What the asker takes the asked POP for. */
  enum Role {
    /** The owner at the known epoch: if it has nothing as new, it fetches what it was granted. */
    OWNER,
    /**
     * Somebody along the trail, such as the birth POP: it says what it knows, and fetches nothing.
     */
    TRAIL
  }

  /**
   * "I hold this request for this session: hand the session over, or run the request for me."
   *
   * @param asker the POP whose client waits; the sender, unless the message was passed on
   * @param path POPs that passed it on, oldest first; at most {@link #PATH_MAX}
   * @param call the request, present for {@link Purpose#SERVE}; for TAKE and SETTLE without
   *     operations, and absent for a SETTLE that follows an {@link Offer}
   * @param knownEpoch the newest epoch that the asker, or whoever passed this on, knows of
   * @param allegedGranter who granted that epoch, where it may not be durable yet
   * @param mayTake whether the asker could keep the session just now
   * @param recordFormat the newest record format that the asker can hold (rule R24)
   * @param timeLeftMillis until the client gives up, as of sending
   */
  record Acquire(
      Purpose purpose,
      Role role,
      PopId asker,
      Nonce nonce,
      ImmutableList<PopId> path,
      Optional<Call> call,
      Epoch knownEpoch,
      Optional<PopId> allegedGranter,
      boolean mayTake,
      int recordFormat,
      long timeLeftMillis)
      implements PeerMessage {
    /** A request is passed on at most this often (rule R27). */
    public static final int PATH_MAX = 3;

    public boolean isDirect() {
      return path.isEmpty();
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onAcquire(from, this);
    }
  }

  /**
   * The client's request inside an {@link Acquire}.
   *
   * @param hint as the client's POP opened it
   * @param operations none in a TAKE, and none in a SETTLE
   * @param digest of the client's operations
   */
  record Call(
      RequestId id,
      Namespace namespace,
      Hint hint,
      ImmutableList<Operation> operations,
      Bytes digest,
      Country residency) {}

  /**
   * The session itself. Sent on the stream to the grantee alone.
   *
   * @param epoch the grantee's, from now on
   * @param data with every instant relative to the moment of sending
   * @param digest of the payload as granted
   * @param answered the results of the very request that this grant answers; empty when the grant
   *     is repeated or was asked for without a request
   * @param withheld the granter's policy has become stricter since, so that the payload may not be
   *     sent any more: {@code data} is without its fields, and the grantee hands the session back
   */
  record Granted(
      Nonce nonce,
      Epoch epoch,
      SessionData data,
      Bytes digest,
      Optional<Outcome.Success> answered,
      boolean withheld)
      implements PeerMessage {
    /** With the payload. */
    public Granted(
        Nonce nonce,
        Epoch epoch,
        SessionData data,
        Bytes digest,
        Optional<Outcome.Success> answered) {
      this(nonce, epoch, data, digest, answered, false);
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onGranted(from, this);
    }
  }

  /** An answer that a POP on the path hands back when it is not meant for itself. */
  sealed interface Returning extends PeerMessage {
    Nonce nonce();

    PopId asker();

    /** POPs still to go through if no stream to the asker is up, nearest to the asker first. */
    ImmutableList<PopId> back();

    /** The same answer with fewer POPs still to go through. */
    Returning withBack(ImmutableList<PopId> rest);
  }

  /**
   * The request was run; the session stays.
   *
   * @param owner where it stays
   * @param granter who still keeps the owner's payload, while it is not durable with the owner
   */
  record Executed(
      Nonce nonce,
      PopId asker,
      ImmutableList<PopId> back,
      PopId owner,
      Optional<PopId> granter,
      Epoch epoch,
      Outcome.Success success)
      implements Returning {
    @Override
    public Returning withBack(ImmutableList<PopId> rest) {
      return new Executed(nonce, asker, rest, owner, granter, epoch, success);
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onExecuted(from, this);
    }
  }

  /** The request was passed on to {@code to}: wait, or retry there. */
  record PassedTo(Nonce nonce, PopId to, Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPassedTo(from, this);
    }
  }

  /** Not here, and neither executed nor passed on: ask {@code to}. */
  record Moved(
      Nonce nonce,
      PopId asker,
      ImmutableList<PopId> back,
      PopId to,
      Epoch epoch,
      Optional<PopId> granter)
      implements Returning {
    @Override
    public Returning withBack(ImmutableList<PopId> rest) {
      return new Moved(nonce, asker, rest, to, epoch, granter);
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onMoved(from, this);
    }
  }

  /** A typed error for the client; nothing was applied. */
  record Refused(Nonce nonce, PopId asker, ImmutableList<PopId> back, Problem problem)
      implements Returning {
    @Override
    public Returning withBack(ImmutableList<PopId> rest) {
      return new Refused(nonce, asker, rest, problem);
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onRefused(from, this);
    }
  }

  /** I know nothing of it, or nothing newer than you. */
  record Unknown(Nonce nonce, PopId asker, ImmutableList<PopId> back) implements Returning {
    @Override
    public Returning withBack(ImmutableList<PopId> rest) {
      return new Unknown(nonce, asker, rest);
    }

    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onUnknown(from, this);
    }
  }

  /** The answer to {@link Purpose#SETTLE}: it does not pay to move it yet. */
  record Stay(Nonce nonce) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onStay(from, this);
    }
  }

  /**
   * "Your grant is durable with me."
   *
   * @param digest of the payload as granted
   */
  record Confirm(Epoch epoch, Bytes digest) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onConfirm(from, this);
    }
  }

  /**
   * "It may rest with you, and you are nearer to its user: ask me for it." Nothing is pushed (rule
   * R3).
   *
   * @param epoch the offerer's own
   */
  record Offer(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onOffer(from, this);
    }
  }

  /**
   * "Make this session for my client: it may not rest with me." Answered by {@link Executed} or
   * {@link Refused}.
   *
   * @param request without a hint; its key names the asked POP as the birth POP
   * @param timeLeftMillis until the client gives up, as of sending
   */
  record Create(Nonce nonce, SessionRequest request, long timeLeftMillis) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onCreate(from, this);
    }
  }

  record ConfirmAck(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onConfirmAck(from, this);
    }
  }

  /** "Yours again, at this epoch; I accepted nothing." */
  record Declined(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onDeclined(from, this);
    }
  }

  record DeclineAck(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onDeclineAck(from, this);
    }
  }

  /**
   * To the birth POP: where the session is now, or that it has ended.
   *
   * @param granter who may still keep the payload
   * @param lifetimeLeftMillis of the session at most, as of sending
   */
  record Announce(
      Epoch epoch, PopId pop, Optional<PopId> granter, boolean ended, long lifetimeLeftMillis)
      implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onAnnounce(from, this);
    }
  }

  /** The birth POP's word that it durably knows of this epoch, and of the end if that was said. */
  record AnnounceAck(Epoch epoch, boolean ended) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onAnnounceAck(from, this);
    }
  }

  /**
   * From the owner of a split session to its custodian: "show me these fields of the value with
   * this stamp" (rule R23). Answered by {@link PartRead} or {@link PartRefused}.
   *
   * @param marks of the fields that are asked for; none: all of them
   */
  record ReadPart(Nonce nonce, Stamp stamp, ImmutableSortedSet<Long> marks) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onReadPart(from, this);
    }
  }

  /**
   * Those of the fields that there are.
   *
   * @param redacted some are left out, since the owner may not see them
   */
  record PartRead(Nonce nonce, ImmutableSortedMap<String, Field> fields, boolean redacted)
      implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPartRead(from, this);
    }
  }

  /**
   * "Keep beside what you have a value made of it." Answered by {@link PartWritten}, once it is
   * durable, or by {@link PartRefused}.
   *
   * @param base the stamp that the owner's record durably points to
   * @param stamp of the new value; it counts when the owner's record points to it
   * @param fields that are new or changed
   * @param removed marks of the fields that are not in it any more
   */
  record WritePart(
      Nonce nonce,
      Stamp base,
      Stamp stamp,
      ImmutableSortedMap<String, Field> fields,
      ImmutableSortedSet<Long> removed)
      implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onWritePart(from, this);
    }
  }

  record PartWritten(Nonce nonce) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPartWritten(from, this);
    }
  }

  /**
   * Nothing was read or written.
   *
   * @param problem {@code SESSION_ROLLED_BACK}: the custodian holds later values only
   */
  record PartRefused(Nonce nonce, Problem problem) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPartRefused(from, this);
    }
  }

  /** The owner's word that its record durably points to the value with this stamp. */
  record PartSwung(Stamp stamp) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPartSwung(from, this);
    }
  }

  /** "No owner up to this epoch needs anything of it": until acknowledged. */
  record DropPart(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onDropPart(from, this);
    }
  }

  record PartDropped(Epoch epoch) implements PeerMessage {
    @Override
    public void dispatchTo(Handler handler, PopId from) {
      handler.onPartDropped(from, this);
    }
  }

  /** One method for each kind of message. */
  interface Handler {
    void onAcquire(PopId from, Acquire message);

    void onGranted(PopId from, Granted message);

    void onExecuted(PopId from, Executed message);

    void onPassedTo(PopId from, PassedTo message);

    void onMoved(PopId from, Moved message);

    void onRefused(PopId from, Refused message);

    void onUnknown(PopId from, Unknown message);

    void onStay(PopId from, Stay message);

    void onOffer(PopId from, Offer message);

    void onCreate(PopId from, Create message);

    void onConfirm(PopId from, Confirm message);

    void onConfirmAck(PopId from, ConfirmAck message);

    void onDeclined(PopId from, Declined message);

    void onDeclineAck(PopId from, DeclineAck message);

    void onAnnounce(PopId from, Announce message);

    void onAnnounceAck(PopId from, AnnounceAck message);

    void onReadPart(PopId from, ReadPart message);

    void onPartRead(PopId from, PartRead message);

    void onWritePart(PopId from, WritePart message);

    void onPartWritten(PopId from, PartWritten message);

    void onPartRefused(PopId from, PartRefused message);

    void onPartSwung(PopId from, PartSwung message);

    void onDropPart(PopId from, DropPart message);

    void onPartDropped(PopId from, PartDropped message);
  }
}
