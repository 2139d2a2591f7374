package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.sim.world.WorldSettings;

/** All of them, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all(WorldSettings settings) {
    Durability durability = settings.namespace().durability();
    return ImmutableList.of(
        new AnswersFit(),
        new OneOwner(),
        new EpochVersionOnlyGrows(),
        new NoAcknowledgedWriteLost(),
        new PayloadExistsDurably(durability),
        new ResidencyHolds(settings.law().residency()),
        new GraceIsKept(),
        new ErasedStaysErased(),
        new ReadsNeverGoBack(),
        new MissingIsTold(),
        new AppliedOnce(),
        new RetryIsAnswered(durability),
        new LifetimeNeverGrows(),
        new EndsInTime(),
        new FollowsItsUser(settings.law().policy().isEmpty()),
        new ForgedMovesNothing(),
        new HintsAlwaysLead(),
        new AtMostOnePayloadAtRest(),
        new FormatsAreHeld(),
        new FrozenStaysFrozen(),
        new NoFalseAlarm(),
        new Linearizable(),
        new SearchedOrder());
  }
}
