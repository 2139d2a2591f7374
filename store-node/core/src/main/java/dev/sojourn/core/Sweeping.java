package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Offer;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.value.PopId;

/**
 * What becomes of a payload that may no longer rest where it lies, since the policy has become
 * stricter (rule R21): its owner offers it to the nearest POP where it may rest, again and again,
 * and a granter reminds its grantee; when the policy's grace is over, it is dropped. Residency
 * ranks above the promise that a payload always exists somewhere, and nothing else does.
 *
 * <p>The shell says which records to look at, and when to look again ({@code ResidencyDue}). A
 * frozen session stays as it is: its operator knows of it.
 */
final class Sweeping {
  private final Steps steps;
  private final Context context;

  Sweeping(Steps steps) {
    this.steps = steps;
    this.context = steps.context;
  }

  void look(Slot slot, int round) {
    boolean isSettled = slot.barrierSeq <= context.doneSeq;
    // One that has run out meanwhile ends as any other does, when its record falls due.
    boolean isAlive =
        slot.state().payload().filter(data -> !data.lifetime().isOver(context.now())).isPresent();
    if (!isSettled || !isAlive || context.policy.isEmpty()) {
      return;
    }
    if (slot.state() instanceof Owned owned && !mayRestHere(owned.data())) {
      sweep(slot, owned, round);
    } else if (slot.state() instanceof Granted granted && !mayRestHere(granted.data())) {
      sweep(slot, granted);
    }
  }

  private void sweep(Slot slot, Granted granted) {
    if (isGraceOver(granted.data())) {
      // Its grantee owns it, and was given it while that was lawful: nothing ends but the copy.
      slot.become(granted.lapse(steps.obligations.hintsEndAtMillis(granted.data().lifetime())));
      context.turn().write(slot);
      context.count(Step.SWEPT);
    } else {
      // If the grant was lost on its way, and no user asks, nobody else would ever say it again.
      context.count(Step.OFFERED);
      context
          .turn()
          .whenDurable(
              slot, new Effect.Send(granted.grantee(), slot.key, new Offer(granted.epoch())));
    }
  }

  private void sweep(Slot slot, Owned owned, int round) {
    if (steps.residency.mayStore(owned.data(), context.self())) {
      // Only what the window remembers of former answers may not: it is enough to forget that.
      slot.become(owned.withData(steps.residency.forTransfer(owned.data(), context.self())));
      context.turn().writeValue(slot);
    } else if (isGraceOver(owned.data())) {
      steps.ending.sweep(slot, owned);
      context.count(Step.SWEPT);
    } else {
      ImmutableList<PopId> lawful = steps.residency.lawful(owned.data(), context.self());
      ImmutableList<PopId> near =
          lawful.stream().filter(context::isConnected).collect(ImmutableList.toImmutableList());
      ImmutableList<PopId> asked = near.isEmpty() ? lawful : near;
      if (!asked.isEmpty()) {
        steps.relocating.offer(slot, owned, asked.get(round % asked.size()));
      }
    }
  }

  private boolean mayRestHere(SessionData data) {
    return context.policy.orElseThrow().mayRest(data, context.self());
  }

  private boolean isGraceOver(SessionData data) {
    long ends = context.policy.orElseThrow().graceEndsAtMillis(data.key().namespace());
    return context.now() >= ends;
  }
}
