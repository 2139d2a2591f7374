package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.PassedTo;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What a POP that is not the owner does with another POP's question: the grantee gets its grant
 * again, a user's request is passed on to where the session went, and everybody else is told.
 */
final class PassingOn {
  private final Context context;
  private final Answering answering;
  private final Granting granting;
  private final Pulling pulling;
  private final Routing routing;
  private final Residency residency;

  PassingOn(
      Context context,
      Answering answering,
      Granting granting,
      Pulling pulling,
      Routing routing,
      Residency residency) {
    this.context = context;
    this.answering = answering;
    this.granting = granting;
    this.pulling = pulling;
    this.routing = routing;
    this.residency = residency;
  }

  void handle(Slot slot, Ask.FromPeer peer) {
    PopId asker = peer.asker();
    if (routing.isOutdone(slot, slot.state().epochIfAny())) {
      // What this POP granted has gone on from there: repeating it could only make a second owner.
      lead(slot, peer, routing.known(slot));
    } else if (slot.state() instanceof Granted granted && granted.grantee().equals(asker)) {
      granting.repeat(slot, granted, peer);
    } else if (slot.state() instanceof Declined declined && declined.granter().equals(asker)) {
      // It takes the session on when it hears this, and then answers its request by itself.
      PeerMessage again = new PeerMessage.Declined(declined.epoch());
      context.turn().whenDurable(slot, new Effect.Send(asker, slot.key, again));
    } else if (slot.state() instanceof Forward forward
        && forward.to().equals(asker)
        && !peer.acquire.knownEpoch().isAfter(forward.epoch())) {
      if (forward.lapsed()) {
        answering.fail(slot, peer, Ending.ended());
      } else {
        leadHome(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
      }
    } else {
      lead(slot, peer, routing.known(slot));
    }
  }

  private void lead(Slot slot, Ask.FromPeer peer, Optional<Routing.Place> known) {
    Acquire acquire = peer.acquire;
    if (known.isEmpty()) {
      answering.sayNothingKnown(slot, peer);
    } else if (known.get().ended()) {
      answering.fail(slot, peer, Ending.ended());
    } else if (context.isSelf(known.get().pop()) && peer.isForClient()) {
      // The granter has told this directory of a grant that never arrived here.
      pulling.fetch(slot, peer, known.get().epoch(), known.get().granter());
    } else if (context.isSelf(known.get().pop())) {
      answering.sayUnknown(slot, peer);
    } else if (known.get().pop().equals(peer.asker())) {
      leadHome(slot, peer, known.get());
    } else if (peer.isServe()
        && known.get().epoch().isAfter(acquire.knownEpoch())
        && acquire.path().size() < Acquire.PATH_MAX
        && mayPassThrough(peer, known.get().pop())) {
      passOn(slot, peer, known.get());
    } else {
      answering.sayMoved(slot, peer, known.get());
    }
  }

  /** A request is never shown to a POP that may not see it; its asker finds another way (R22). */
  private boolean mayPassThrough(Ask.FromPeer peer, PopId next) {
    Hint hint = peer.hint().orElseThrow();
    return residency.mayEntrust(
        peer.acquire.call().orElseThrow().namespace(), hint.residency(), peer.operations(), next);
  }

  /** Nothing is passed on to its own asker; it can fetch what it was granted, if anyone has it. */
  private void leadHome(Slot slot, Ask.FromPeer peer, Routing.Place place) {
    boolean canFetch =
        place.epoch().isAfter(peer.acquire.knownEpoch())
            && place.granter().filter(granter -> !context.isSelf(granter)).isPresent();
    if (canFetch) {
      answering.sayMoved(slot, peer, place);
    } else {
      answering.sayUnknown(slot, peer);
    }
  }

  private void passOn(Slot slot, Ask.FromPeer peer, Routing.Place place) {
    Acquire acquire = peer.acquire;
    context.count(Step.PASSED_ON);
    ImmutableList<PopId> path =
        ImmutableList.<PopId>builder().addAll(acquire.path()).add(context.self()).build();
    PeerMessage passed =
        new Acquire(
            acquire.purpose(),
            Role.OWNER,
            acquire.asker(),
            acquire.nonce(),
            path,
            acquire.call(),
            place.epoch(),
            place.granter(),
            acquire.mayTake(),
            acquire.recordFormat(),
            Math.max(0, peer.deadlineMillis() - context.now()));
    context.turn().whenDurable(slot, new Effect.Send(place.pop(), slot.key, passed));
    if (acquire.isDirect() || context.isConnected(acquire.asker())) {
      context
          .turn()
          .whenDurable(
              slot,
              new Effect.Send(
                  acquire.asker(),
                  slot.key,
                  new PassedTo(acquire.nonce(), place.pop(), place.epoch())));
    }
  }
}
