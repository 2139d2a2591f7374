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
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
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
   */
  record Ran(
      ImmutableList<OperationResult> results, long hintExpiresAtMillis, long versionsMissing) {}

  private final Context context;
  private final Answering answering;

  Granting(Context context, Answering answering) {
    this.context = context;
    this.answering = answering;
  }

  /** Whether this request takes the session with it. Only a direct one may: rule R26. */
  boolean isDue(Slot slot, Owned owned, Ask.FromPeer peer, NamespaceSettings settings) {
    Acquire acquire = peer.acquire;
    return acquire.isDirect()
        && peer.from.equals(acquire.asker())
        && !context.isSelf(acquire.asker())
        && acquire.mayTake()
        && owned.data().format() <= acquire.recordFormat()
        && settings.move().shouldMove(question(slot, owned, acquire));
  }

  private MoveStrategy.Question question(Slot slot, Owned owned, Acquire acquire) {
    long held =
        slot.heldSinceMillis == Long.MIN_VALUE
            ? Long.MAX_VALUE
            : context.now() - slot.heldSinceMillis;
    return new MoveStrategy.Question(
        slot.key,
        owned.epoch(),
        acquire.call().map(Call::id).orElseThrow(),
        context.self(),
        acquire.asker(),
        slot.quietBeforeMillis,
        slot.cameFrom,
        held);
  }

  /** Hands over; from here on until it is durable nothing else is handled for this session. */
  void grant(Slot slot, Owned owned, Ask.FromPeer peer, Optional<Ran> ran) {
    Granted granted = owned.grantTo(peer.asker(), context.self(), Digests.ofPayload(owned.data()));
    slot.become(granted);
    slot.barrierSeq = context.turn().seq;
    context.turn().writeValue(slot);
    context.count(Step.GRANTED);
    say(slot, granted, peer.acquire, ran.map(each -> answered(granted, each)));
  }

  /**
   * Says the same grant again to its grantee. It bears no results: they belonged to the request
   * that was answered the first time.
   */
  void repeat(Slot slot, Granted granted, Ask.FromPeer peer) {
    if (context.isConnected(granted.grantee())) {
      context.count(Step.GRANT_REPEATED);
      say(slot, granted, peer.acquire, Optional.empty());
    } else {
      answering.sayMoved(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
    }
  }

  /** A question without operations: "now may I have it?", or a fetch that went astray. */
  void settle(Slot slot, Owned owned, Ask.FromPeer peer) {
    if (peer.acquire.purpose() == Purpose.FETCH) {
      answering.sayMoved(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
      return;
    }
    NamespaceSettings settings = context.namespace(owned.data().key().namespace());
    if (isDue(slot, owned, peer, settings)) {
      grant(slot, owned, peer, Optional.empty());
    } else {
      context
          .turn()
          .whenSettled(
              slot, new Effect.Send(peer.asker(), slot.key, new Stay(peer.acquire.nonce())));
    }
  }

  private Outcome.Success answered(Granted granted, Ran ran) {
    return new Outcome.Success(
        ran.results(),
        Optional.of(
            HintIssuing.hint(
                granted.data(),
                granted.grantee(),
                granted.epoch(),
                Optional.of(context.self()),
                ran.hintExpiresAtMillis())),
        granted.data().version(),
        Optional.of(granted.epoch()),
        Flags.NONE.missing(ran.versionsMissing()));
  }

  private void say(
      Slot slot, Granted granted, Acquire acquire, Optional<Outcome.Success> answered) {
    PeerMessage message =
        new PeerMessage.Granted(
            acquire.nonce(),
            granted.epoch(),
            granted.data().shifted(-context.now()),
            granted.digest(),
            answered);
    context.turn().whenDurable(slot, new Effect.Send(granted.grantee(), slot.key, message));
  }
}
