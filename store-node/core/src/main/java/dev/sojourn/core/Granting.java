package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Call;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Stay;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Decides whether the session goes along with the answer, makes that durable, and says it: a grant
 * is one synced write with the results of the request in it, before anything leaves (rule R1).
 */
final class Granting {
  /**
   * The request that a grant answers, as it was run.
   *
   * @param hintExpiresAtMillis of the hint that goes to the client with it
   * @param versionsMissing of those that the client had seen
   * @param redacted something was left out of the results already
   */
  record Ran(
      ImmutableList<Operation> operations,
      ImmutableList<OperationResult> results,
      long hintExpiresAtMillis,
      long versionsMissing,
      boolean redacted) {}

  private final Context context;
  private final Answering answering;
  private final Residency residency;
  private final Splitting splitting;

  Granting(Context context, Answering answering, Residency residency, Splitting splitting) {
    this.splitting = splitting;
    this.context = context;
    this.answering = answering;
    this.residency = residency;
  }

  /** Whether this request takes the session with it. Only a direct one may: rule R26. */
  boolean isDue(Slot slot, Owned owned, Ask.FromPeer peer, NamespaceSettings settings) {
    return isPossible(owned, peer)
        && settings.move().shouldMove(question(slot, owned, peer.acquire, peer.asker()));
  }

  /** Whether the session could go to whoever asks, and rest there lawfully. */
  private boolean isPossible(Owned owned, Ask.FromPeer peer) {
    Acquire acquire = peer.acquire;
    return acquire.isDirect()
        && peer.from.equals(acquire.asker())
        && !context.isSelf(acquire.asker())
        && acquire.mayTake()
        && owned.data().format() <= acquire.recordFormat()
        && splitting
            .division(owned.data(), acquire.asker())
            .filter(each -> !each.isSplit() || acquire.recordFormat() >= RecordFormat.SPLIT)
            .isPresent();
  }

  /** Whether the strategy would move it to {@code pop}, were the request from there. */
  boolean wouldMove(Slot slot, Owned owned, Ask.FromPeer peer, PopId pop) {
    return peer.acquire.call().isPresent()
        && context
            .namespace(owned.data().key().namespace())
            .move()
            .shouldMove(question(slot, owned, peer.acquire, pop));
  }

  private MoveStrategy.Question question(
      Slot slot, Owned owned, Acquire acquire, PopId askerOrNearer) {
    long held =
        slot.heldSinceMillis == Long.MIN_VALUE
            ? Long.MAX_VALUE
            : context.now() - slot.heldSinceMillis;
    return new MoveStrategy.Question(
        slot.key,
        owned.epoch(),
        acquire.call().map(Call::id).orElseThrow(),
        context.self(),
        askerOrNearer,
        slot.quietBeforeMillis,
        slot.cameFrom,
        held);
  }

  /** Hands over; from here on until it is durable nothing else is handled for this session. */
  void grant(Slot slot, Owned owned, Ask.FromPeer peer, Optional<Ran> ran) {
    SessionData follows = leaveBehind(slot, owned, peer.asker());
    Owned lawful = owned.withData(residency.forTransfer(follows, peer.asker()));
    Granted granted =
        lawful.grantTo(peer.asker(), context.self(), Digests.ofPayload(lawful.data()));
    slot.become(granted);
    slot.barrierSeq = context.turn().seq;
    slot.releaseRelocating(context.barred);
    context.turn().writeValue(slot);
    context.count(Step.GRANTED);
    say(slot, granted, peer.acquire, ran.map(each -> answered(granted, owned.data(), each)), false);
  }

  /** What the grantee may not keep stays here, in the same write as the grant (rule R23). */
  private SessionData leaveBehind(Slot slot, Owned owned, PopId grantee) {
    SessionData data = owned.data();
    Splitting.Division division = splitting.division(data, grantee).orElseThrow();
    if (!division.isSplit()) {
      return data;
    }
    Stamp stamp = context.freshStamp(owned.epoch());
    slot.record =
        slot.record.withCustody(
            Optional.of(
                new Custody(
                    data.key(),
                    data.residency(),
                    owned.epoch(),
                    new Custody.Kept(stamp, division.behind()),
                    data.lifetime().absoluteEndsAtMillis() + context.settings.clockErrorMillis())));
    context.count(Step.SPLIT);
    LeftBehind pointer =
        LeftBehind.of(context.self(), stamp, division.classes(), data.key(), division.behind());
    return data.withFields(data.version(), division.follows()).withLeftBehind(Optional.of(pointer));
  }

  /**
   * Says the same grant again to its grantee. It bears no results: they belonged to the request
   * that was answered the first time. A grantee that has gone back to an older release since may
   * not be able to hold it (R24). One where it may not rest any more, since the policy here has
   * become stricter, gets it without its fields, and hands it back.
   */
  void repeat(Slot slot, Granted granted, Ask.FromPeer peer) {
    if (granted.data().format() > peer.acquire.recordFormat()) {
      answering.fail(slot, peer, cannotBeHandedOver());
    } else if (context.isConnected(granted.grantee())) {
      context.count(Step.GRANT_REPEATED);
      boolean withheld = residency.refusalToStore(granted.data(), granted.grantee()).isPresent();
      if (withheld) {
        context.count(Step.GRANT_WITHHELD);
      }
      say(slot, granted, peer.acquire, Optional.empty(), withheld);
    } else {
      answering.sayMoved(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
    }
  }

  /**
   * A request of which this POP may not see a value: the asker runs it, as the next owner (R22).
   */
  void take(Slot slot, Owned owned, Ask.FromPeer peer) {
    boolean isLawful = splitting.division(owned.data(), peer.asker()).isPresent();
    Optional<Problem> refusal = residency.refusalToStore(fields(owned.data()), peer.asker());
    if (!isLawful && refusal.isPresent()) {
      answering.fail(slot, peer, refusal.get());
    } else if (isPossible(owned, peer)) {
      grant(slot, owned, peer, Optional.empty());
    } else {
      answering.fail(slot, peer, cannotBeHandedOver());
    }
  }

  private Problem cannotBeHandedOver() {
    return Problem.of(ErrorCode.BUSY, "the session cannot be handed over just now")
        .about(context.self());
  }

  /** What the window shows does not keep a session back: it stays behind by itself. */
  private static SessionData fields(SessionData data) {
    return data.withWindow(RequestWindow.EMPTY);
  }

  /** A question without operations: "now may I have it?", or a fetch that went astray. */
  void settle(Slot slot, Owned owned, Ask.FromPeer peer) {
    if (peer.acquire.purpose() == Purpose.FETCH) {
      answering.sayMoved(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
      return;
    }
    NamespaceSettings settings = context.namespace(owned.data().key().namespace());
    boolean isWanted =
        peer.acquire.call().isPresent()
            ? isDue(slot, owned, peer, settings)
            : isToBeHad(slot, owned, peer) && isPossible(owned, peer);
    if (isWanted) {
      grant(slot, owned, peer, Optional.empty());
    } else {
      context
          .turn()
          .whenSettled(
              slot, new Effect.Send(peer.asker(), slot.key, new Stay(peer.acquire.nonce())));
    }
  }

  /** By whom it was offered to; and by whoever was, for a session that may not rest here. */
  private boolean isToBeHad(Slot slot, Owned owned, Ask.FromPeer peer) {
    boolean mustLeave = !residency.mayStore(owned.data(), context.self());
    if (mustLeave) {
      context.count(Step.CALLED_FOR);
    }
    return Relocating.isOffered(slot, owned, peer.asker())
        || (mustLeave && peer.acquire.knownEpoch().equals(owned.epoch()));
  }

  /**
   * @param before with all fields, since those that stay behind may be in the results
   */
  private Outcome.Success answered(Granted granted, SessionData before, Ran ran) {
    ImmutableList<OperationResult> shown =
        residency.show(before, ran.operations(), ran.results(), granted.grantee());
    return new Outcome.Success(
        shown,
        Optional.of(
            HintIssuing.hint(
                granted.data(),
                granted.grantee(),
                granted.epoch(),
                Optional.of(context.self()),
                ran.hintExpiresAtMillis())),
        granted.data().version(),
        Optional.of(granted.epoch()),
        Flags.NONE
            .missing(ran.versionsMissing())
            .redactedIf(ran.redacted() || !shown.equals(ran.results())));
  }

  private void say(
      Slot slot,
      Granted granted,
      Acquire acquire,
      Optional<Outcome.Success> answered,
      boolean withheld) {
    SessionData data = withheld ? granted.data().withoutContent() : granted.data();
    PeerMessage message =
        new PeerMessage.Granted(
            acquire.nonce(),
            granted.epoch(),
            data.shifted(-context.now()),
            granted.digest(),
            answered,
            withheld);
    context.turn().whenDurable(slot, new Effect.Send(granted.grantee(), slot.key, message));
  }
}
