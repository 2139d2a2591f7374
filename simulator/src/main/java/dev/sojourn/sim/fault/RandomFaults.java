package dev.sojourn.sim.fault;

import dev.sojourn.sim.world.Boundary;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.sim.world.Sent;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;

/** Many things go wrong, drawn from a seed; how many, too. */
public final class RandomFaults implements Faults {
  private static final int CRASHES_MAX = 8;

  private final SeededRandom random;
  private final List<PopId> pops;
  private final double messageChance;
  private final double crashChance;
  private int crashes;

  public RandomFaults(long seed, List<PopId> pops) {
    this.random = SeededRandom.named(seed, "faults");
    this.pops = List.copyOf(pops);
    this.messageChance = random.below(30) / 100.0;
    this.crashChance = random.below(40) / 2_000.0;
  }

  @Override
  public Fate fateOf(Sent sent) {
    if (!random.chance(messageChance)) {
      return Fate.DELIVERED;
    }
    return switch (random.below(6)) {
      case 0 -> Fate.LOST;
      case 1 -> Fate.LOST_WITH_STREAM;
      case 2 -> Fate.repeatedAfter(random.below(8_000));
      case 3 -> Fate.lateBy(random.below(500));
      case 4 -> Fate.lateBy(random.below(10_000));
      default -> Fate.SWAPPED;
    };
  }

  @Override
  public Optional<Crash> crashAt(Boundary boundary) {
    if (crashes >= CRASHES_MAX || !random.chance(crashChance)) {
      return Optional.empty();
    }
    crashes++;
    PopId victim = random.chance(0.8) ? boundary.pop() : pops.get(random.below(pops.size()));
    Crash.Kept kept = Crash.Kept.values()[random.below(3)];
    return Optional.of(new Crash(victim, kept, 50 + random.below(6_000)));
  }
}
