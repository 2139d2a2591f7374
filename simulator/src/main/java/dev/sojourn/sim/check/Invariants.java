package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;

/** All of them, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all() {
    return ImmutableList.of(
        new AnswersFit(),
        new OneOwner(),
        new EpochVersionOnlyGrows(),
        new NoAcknowledgedWriteLost(),
        new PayloadExistsDurably(),
        new ErasedStaysErased(),
        new ReadsNeverGoBack(),
        new AppliedOnce(),
        new RetryIsAnswered(),
        new LifetimeNeverGrows(),
        new FollowsItsUser(),
        new ForgedMovesNothing(),
        new HintsAlwaysLead(),
        new AtMostOnePayloadAtRest(),
        new Linearizable(),
        new SearchedOrder());
  }
}
