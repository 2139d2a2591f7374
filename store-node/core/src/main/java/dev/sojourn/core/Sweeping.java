package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Offer;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;

/**
 * What becomes of a payload that may no longer rest where it lies, since the policy has become
 * stricter (rule R21): its owner offers it to the nearest POP where it may rest, again and again,
 * and a granter reminds its grantee; when the policy's grace is over, it is dropped. So is a part
 * of a split session that may not stay with its custodian: its owner fetches it, or goes where it
 * may be whole, and else the custodian erases it. Residency ranks above the promise that a payload
 * always exists somewhere, and nothing else does.
 *
 * <p>The shell says which records to look at, and when to look again ({@code ResidencyDue}). A
 * frozen session stays as it is: its operator knows of it.
 */
final class Sweeping {
  /** How long a custodian's answer is waited for; it is asked again with the next look. */
  private static final long FETCH_MILLIS = 10_000;

  private final Steps steps;
  private final Context context;

  Sweeping(Steps steps) {
    this.steps = steps;
    this.context = steps.context;
  }

  void look(Slot slot, int round) {
    if (slot.barrierSeq > context.doneSeq || context.policy.isEmpty()) {
      return;
    }
    slot.record
        .custody()
        .filter(custody -> !policy().mayRest(custody, context.self()))
        .filter(custody -> isGraceOver(custody.key().namespace()))
        .ifPresent(custody -> steps.keeping.erase(slot, custody));
    // One that has run out meanwhile ends as any other does, when its record falls due.
    boolean isAlive =
        slot.state().payload().filter(data -> !data.lifetime().isOver(context.now())).isPresent();
    if (!isAlive) {
      return;
    }
    if (slot.state() instanceof Owned owned && !mayRestHere(owned.data())) {
      sweep(slot, owned, round);
    } else if (slot.state() instanceof Owned owned && !policy().mayStay(owned.data())) {
      callPart(slot, owned, round);
    } else if (slot.state() instanceof Granted granted && !mayRestHere(granted.data())) {
      sweep(slot, granted);
    }
  }

  /** A session has come here whose part may not stay where it is: nobody else may look at it. */
  void onReceived(Slot slot, Owned owned) {
    if (context.policy.filter(policy -> !policy.mayStay(owned.data())).isPresent()) {
      callPart(slot, owned, 0);
    }
  }

  private void sweep(Slot slot, Granted granted) {
    if (isGraceOver(granted.data().key().namespace())) {
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
    } else if (isGraceOver(owned.data().key().namespace())) {
      steps.ending.sweep(slot, owned);
      context.count(Step.SWEPT);
    } else {
      offer(slot, owned, steps.residency.lawful(owned.data(), context.self()), round);
    }
  }

  /** What its custodian may no longer keep: the session becomes whole here, or where it may. */
  private void callPart(Slot slot, Owned owned, int round) {
    ImmutableList<PopId> lawful = policy().lawfulWhole(owned.data(), context.self());
    if (isGraceOver(owned.data().key().namespace())) {
      return;
    }
    if (lawful.isEmpty() || lawful.contains(context.self())) {
      // By what its classes are called now, or else by what its fields turn out to be.
      steps.requests.handle(slot, new Ask.ToJoin(context.self(), context.now() + FETCH_MILLIS));
    } else {
      offer(slot, owned, lawful, round);
    }
  }

  private void offer(Slot slot, Owned owned, ImmutableList<PopId> lawful, int round) {
    ImmutableList<PopId> near =
        lawful.stream().filter(context::isConnected).collect(ImmutableList.toImmutableList());
    ImmutableList<PopId> asked = near.isEmpty() ? lawful : near;
    if (!asked.isEmpty()) {
      steps.relocating.offer(slot, owned, asked.get(round % asked.size()));
    }
  }

  private boolean mayRestHere(SessionData data) {
    return policy().mayRest(data, context.self());
  }

  private boolean isGraceOver(Namespace namespace) {
    return context.now() >= policy().graceEndsAtMillis(namespace);
  }

  private PolicyInForce policy() {
    return context.policy.orElseThrow();
  }
}
