package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.NamespaceSettings.Durability;

/** All of them, fresh for one run. */
public final class Invariants {
  private Invariants() {}

  public static ImmutableList<Invariant> all(Durability durability) {
    return ImmutableList.of(
        new OneOwner(),
        new EpochVersionOnlyGrows(),
        new NoAcknowledgedWriteLost(),
        new PayloadExistsDurably(durability),
        new ErasedStaysErased(),
        new ReadsNeverGoBack(),
        new MissingIsTold(),
        new AppliedOnce(),
        new ForgedMovesNothing(),
        new HintsAlwaysLead(),
        new AtMostOnePayloadAtRest(),
        new Linearizable(),
        new SearchedOrder());
  }
}
