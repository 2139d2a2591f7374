package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;

/** All of them, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all() {
    return ImmutableList.of(
        new OneOwner(),
        new EpochVersionOnlyGrows(),
        new NoAcknowledgedWriteLost(),
        new PayloadExistsDurably(),
        new ErasedStaysErased(),
        new ReadsNeverGoBack(),
        new AppliedOnce(),
        new ForgedMovesNothing(),
        new HintsAlwaysLead(),
        new AtMostOnePayloadAtRest(),
        new FrozenStaysFrozen(),
        new NoFalseAlarm(),
        new Linearizable(),
        new SearchedOrder());
  }
}
