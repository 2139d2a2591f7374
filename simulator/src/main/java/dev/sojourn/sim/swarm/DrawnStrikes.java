package dev.sojourn.sim.swarm;

import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strikes drawn from a seed; of which kinds, and how many, too. */
final class DrawnStrikes implements Strikes.Source {
  private static final int CRASHES_MAX = 8;

  private final SeededRandom random;
  private final List<PopId> pops;
  private final List<Fate.Kind> fates = new ArrayList<>();
  private final double messageChance;
  private final double crashChance;
  private int crashes;

  DrawnStrikes(long seed, List<PopId> pops) {
    this.random = SeededRandom.named(seed, "strikes");
    this.pops = List.copyOf(pops);
    for (Fate.Kind kind : Fate.Kind.values()) {
      boolean strikes = kind != Fate.Kind.DELIVERED && kind != Fate.Kind.HELD;
      if (strikes && random.chance(0.5)) {
        fates.add(kind);
      }
    }
    this.messageChance = random.below(30) / 100.0;
    this.crashChance = random.chance(0.5) ? random.below(40) / 2_000.0 : 0;
  }

  @Override
  public Fate fateOf(String kind, PopId from, PopId to, int ordinal) {
    if (fates.isEmpty() || !random.chance(messageChance)) {
      return Fate.DELIVERED;
    }
    Fate.Kind drawn = fates.get(random.below(fates.size()));
    return switch (drawn) {
      case REPEATED -> Fate.repeatedAfter(random.below(8_000));
      case LATE -> Fate.lateBy(random.below(random.chance(0.5) ? 500 : 10_000));
      default -> new Fate(drawn, 0);
    };
  }

  @Override
  public Optional<Crash> crashAt(PopId pop, Moment moment, int ordinal) {
    if (crashes >= CRASHES_MAX || !random.chance(crashChance)) {
      return Optional.empty();
    }
    crashes++;
    PopId victim = random.chance(0.8) ? pop : pops.get(random.below(pops.size()));
    Crash.Kept kept = Crash.Kept.values()[random.below(3)];
    return Optional.of(new Crash(victim, kept, 50 + random.below(6_000)));
  }
}
