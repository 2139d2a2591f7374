package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.sim.world.WorldSettings;

/** All of them, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all(WorldSettings settings) {
    PartsAreKept parts = new PartsAreKept();
    return ImmutableList.<Invariant>builder()
        .add(parts)
        .add(new ResidencyHolds(settings.law().policy(), settings.law().residency()))
        .add(new FormatsAreHeld())
        .addAll(Iterables.transform(ofWholes(settings), each -> new SeenWhole(parts, each)))
        .build();
  }

  /** To them a split session is what its parts are together. */
  private static ImmutableList<Invariant> ofWholes(WorldSettings settings) {
    Durability durability = settings.namespace().durability();
    return ImmutableList.of(
        new AnswersFit(),
        new OneOwner(),
        new EpochVersionOnlyGrows(),
        new NoAcknowledgedWriteLost(),
        new PayloadExistsDurably(durability),
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
        new FrozenStaysFrozen(),
        new NoFalseAlarm(),
        new Linearizable(),
        new SearchedOrder());
  }
}
