package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.sim.check.AnswersFit;
import dev.sojourn.sim.check.AppliedOnce;
import dev.sojourn.sim.check.AtMostOnePayloadAtRest;
import dev.sojourn.sim.check.EndsInTime;
import dev.sojourn.sim.check.EpochVersionOnlyGrows;
import dev.sojourn.sim.check.ErasedStaysErased;
import dev.sojourn.sim.check.FollowsItsUser;
import dev.sojourn.sim.check.ForgedMovesNothing;
import dev.sojourn.sim.check.FormatsAreHeld;
import dev.sojourn.sim.check.FrozenStaysFrozen;
import dev.sojourn.sim.check.GraceIsKept;
import dev.sojourn.sim.check.HintsAlwaysLead;
import dev.sojourn.sim.check.Invariant;
import dev.sojourn.sim.check.LifetimeNeverGrows;
import dev.sojourn.sim.check.Linearizable;
import dev.sojourn.sim.check.MissingIsTold;
import dev.sojourn.sim.check.NoAcknowledgedWriteLost;
import dev.sojourn.sim.check.NoFalseAlarm;
import dev.sojourn.sim.check.OneOwner;
import dev.sojourn.sim.check.PartsAreKept;
import dev.sojourn.sim.check.PayloadExistsDurably;
import dev.sojourn.sim.check.ReadsNeverGoBack;
import dev.sojourn.sim.check.ResidencyHolds;
import dev.sojourn.sim.check.RetryIsAnswered;
import dev.sojourn.sim.check.SearchedOrder;
import dev.sojourn.sim.check.SeenWhole;

/** All that a world is watched by, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all(WorldSettings settings) {
    PartsAreKept parts = new PartsAreKept();
    return ImmutableList.<Invariant>builder()
        .add(parts)
        .add(new ResidencyHolds(World.NAMESPACE, settings.law().residency()))
        .add(new GraceIsKept(World.NAMESPACE))
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
