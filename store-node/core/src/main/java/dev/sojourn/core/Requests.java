package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Absent;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Known;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Where every request comes in, from a client or from another POP, and where it is decided which
 * step handles it. The order of the tests is the protocol's own: a retry first, then what has
 * ended, what is in doubt, what was granted and not received, and then the state's own way.
 */
final class Requests {
  private final Steps steps;
  private final Context context;

  Requests(Steps steps) {
    this.steps = steps;
    this.context = steps.context;
  }

  void handle(Slot slot, Ask ask) {
    if (slot.barrierSeq > context.doneSeq) {
      context.barred.add(slot);
      slot.waiting.add(new Slot.Waiting(Optional.of(ask), () -> handle(slot, ask)));
      return;
    }
    if (ask instanceof Ask.ToJoin join) {
      steps.visiting.fetch(slot, join);
      return;
    }
    if (ask instanceof Ask.Creating creation && ask.hint().isEmpty()) {
      create(slot, creation);
      return;
    }
    Optional<WindowEntry> applied = findInWindow(slot, ask);
    if (applied.isPresent()) {
      steps.replaying.replay(slot, ask, applied.get());
    } else if (slot.state() instanceof Tombstone tombstone) {
      steps.ending.answer(slot, tombstone, ask);
    } else if (isSuspectOrProvenSo(slot, ask)) {
      steps.answering.fail(
          slot,
          ask,
          Problem.of(
                  ErrorCode.SESSION_ROLLED_BACK,
                  "the owner's store is older than what this client has seen; its operator knows")
              .about(context.self()));
    } else if (wasGrantedButNotReceived(slot, ask)) {
      steps.pulling.fetch(slot, ask, ask.takenForOwnerAt().orElseThrow(), ask.allegedGranter());
    } else if (slot.state() instanceof Owned owned) {
      steps.owning.handle(slot, owned, ask);
    } else if (ask instanceof Ask.FromClient client) {
      routeAway(slot, client);
    } else if (ask instanceof Ask.FromPeer peer) {
      steps.passingOn.handle(slot, peer);
    }
  }

  private void create(Slot slot, Ask.Creating creation) {
    PopId birth = creation.request().key().id().birth();
    if (creation instanceof Ask.FromClient client
        && !context.isSelf(birth)
        && slot.state() instanceof Absent) {
      steps.pulling.create(slot, client);
    } else {
      steps.creating.handle(slot, creation);
    }
  }

  /** Hands what waited for a load, a barrier or another POP to the state that there is now. */
  void handleAll(Slot slot, ImmutableList<Ask> asks) {
    for (Ask ask : asks) {
      handle(slot, ask);
    }
  }

  private static Optional<WindowEntry> findInWindow(Slot slot, Ask ask) {
    if (slot.state() instanceof Granted granted && ask.asker().equals(granted.grantee())) {
      return Optional.empty();
    }
    if (slot.state() instanceof Suspect) {
      return Optional.empty();
    }
    Optional<SessionData> data = slot.state().payload();
    if (data.isEmpty() || data.get().window().entries().isEmpty()) {
      return Optional.empty();
    }
    return ask.servedId().flatMap(id -> data.get().window().find(id));
  }

  private boolean isSuspectOrProvenSo(Slot slot, Ask ask) {
    if (slot.state() instanceof Owned owned && isAhead(owned, ask)) {
      suspect(slot, owned);
    }
    return slot.state() instanceof Suspect;
  }

  /** Freezes a session of which somebody has seen more than its owner has (rule R19). */
  void suspect(Slot slot, Owned owned) {
    slot.become(owned.suspect());
    context.turn().write(slot);
    context.turn().now(new Effect.Alarm(AlarmKind.ROLLBACK_PROVEN, slot.key));
  }

  private boolean isAhead(Owned owned, Ask ask) {
    if (ask instanceof Ask.FromPeer peer && peer.acquire.knownEpoch().isAfter(owned.epoch())) {
      return true;
    }
    return ask.hint()
        .filter(
            hint ->
                hint.epoch().isAfter(owned.epoch())
                    || isOfAnotherOwner(owned, hint)
                    || owned.data().sharedVersion(hint.epoch(), hint.version())
                        > owned.data().version()
                    || hint.generation() > owned.data().generation())
        .isPresent();
  }

  /**
   * An epoch has one owner. A store that went back to before it gave this one away has made the
   * same epoch anew for itself, if it took its state for that of a crash (rule R16).
   */
  private boolean isOfAnotherOwner(Owned owned, Hint hint) {
    return hint.epoch().equals(owned.epoch()) && !context.isSelf(hint.owner());
  }

  /** Somebody takes this POP for the owner at an epoch that its record does not reach. */
  private boolean wasGrantedButNotReceived(Slot slot, Ask ask) {
    SessionState state = slot.state();
    if (state instanceof Owned) {
      return false;
    }
    Optional<Epoch> taken = ask.takenForOwnerAt();
    if (steps.routing.isOutdone(slot, taken)) {
      return false;
    }
    Optional<Epoch> own = state instanceof Known known ? known.epochIfAny() : Optional.empty();
    return taken.filter(epoch -> own.isEmpty() || epoch.isAfter(own.get())).isPresent();
  }

  private void routeAway(Slot slot, Ask.FromClient client) {
    Optional<Problem> refusal =
        steps.residency.refusalToShow(
            client.request.key().namespace(),
            client.hint().orElseThrow().residency(),
            client.operations(),
            context.self());
    if (refusal.isPresent()) {
      steps.answering.fail(slot, client, refusal.get());
      return;
    }
    Optional<Routing.Place> place = steps.routing.best(slot, client.hint());
    if (place.isEmpty() || place.get().ended()) {
      steps.answering.fail(slot, client, Ending.ended());
    } else if (context.isSelf(place.get().pop())) {
      steps.pulling.fetch(slot, client, place.get().epoch(), place.get().granter());
    } else {
      steps.pulling.ask(slot, client, place.get());
    }
  }
}
