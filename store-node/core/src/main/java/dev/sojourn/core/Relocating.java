package dev.sojourn.core;

import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Offer;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.policy.Placement;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Lets a session go where the policy wants it: to the lawful POP nearest a user who is where it may
 * not rest, or to one where what is about to be written may. It is offered, and pulled; nothing is
 * pushed (rule R3). An offer that is lost is made again with the next request.
 */
final class Relocating {
  /** An offer is not repeated before it can have been taken up. */
  private static final long OFFER_MILLIS = 1_000;

  private final Steps steps;
  private final Context context;

  Relocating(Steps steps) {
    this.steps = steps;
    this.context = steps.context;
  }

  /** After a request from afar was run: whether the session should come nearer to its user. */
  void consider(Slot slot, Owned owned, Ask.FromPeer peer) {
    boolean isDrawnNearer =
        steps
            .residency
            .place(owned.data(), peer.asker())
            .filter(placement -> placement.kind() == Placement.Kind.NEAREST)
            .isPresent();
    if (isDrawnNearer) {
      steps
          .residency
          .nearestLawful(owned.data(), peer.asker())
          .filter(pop -> !context.isSelf(pop))
          .filter(pop -> steps.granting.wouldMove(slot, owned, peer, pop))
          .ifPresent(pop -> offer(slot, owned, pop));
    }
  }

  /**
   * A request would leave here what may not rest here: it waits until the session is where it may.
   *
   * @param after what the request would leave
   * @return why it cannot be, if there is no such POP
   */
  Optional<Problem> wait(Slot slot, Owned owned, Ask ask, SessionData after) {
    Optional<PopId> lawful = steps.residency.nearestLawful(after, ask.asker());
    if (lawful.isEmpty()) {
      return steps.residency.refusalToStore(after, context.self());
    }
    Optional<Problem> stuck = steps.residency.refusalToStore(owned.data(), lawful.get());
    if (stuck.isPresent()) {
      return stuck;
    } else if (ask.deadlineMillis() <= context.now()) {
      return Optional.of(busy(lawful.get()));
    }
    slot.relocating.add(new Slot.Waiting(Optional.of(ask), () -> steps.requests.handle(slot, ask)));
    steps.pulling.setDeadline(slot, ask);
    offer(slot, owned, lawful.get());
    return Optional.empty();
  }

  private static Problem busy(PopId pop) {
    return Problem.of(
            ErrorCode.BUSY, "the session must first move to `" + pop + "`, where this may rest")
        .about(pop);
  }

  /** Asks {@code pop} to come and get the session. */
  void offer(Slot slot, Owned owned, PopId pop) {
    boolean isFresh =
        slot.offered
            .filter(each -> each.pop().equals(pop) && each.epoch().equals(owned.epoch()))
            .filter(each -> context.now() - each.atMillis() < OFFER_MILLIS)
            .isPresent();
    if (!isFresh) {
      slot.offered = Optional.of(new Slot.Offered(pop, owned.epoch(), context.now()));
      context.count(Step.OFFERED);
      context.turn().whenDurable(slot, new Effect.Send(pop, slot.key, new Offer(owned.epoch())));
    }
  }

  /** The owner offers the session to this POP, which pulls it if it can take it. */
  void onOffer(Slot slot, PopId from, Offer offer) {
    boolean isNewer = slot.state().epochIfAny().map(offer.epoch()::isAfter).orElse(true);
    if (slot.state() instanceof Owned owned && isNewer) {
      steps.requests.suspect(slot, owned);
    } else if (isNewer
        && !(slot.state() instanceof Suspect)
        && slot.pulls.values().stream().allMatch(Pull::isAbandoned)
        && context.mayTake()) {
      steps.pulling.takeUp(slot, new Routing.Place(from, offer.epoch(), Optional.empty()));
    }
  }

  /** Whether this very POP was offered the session at the present epoch. */
  static boolean isOffered(Slot slot, Owned owned, PopId pop) {
    return slot.offered
        .filter(each -> each.pop().equals(pop) && each.epoch().equals(owned.epoch()))
        .isPresent();
  }
}
