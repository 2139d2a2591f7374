package dev.sojourn.sim.swarm;

import dev.sojourn.sim.swarm.Theme.Aim;
import dev.sojourn.sim.swarm.Theme.Subject;
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
  private final Theme theme;
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
    this.theme = Theme.of(seed, pops);
    this.messageChance = random.below(30) / (theme.aim().isPresent() ? 400.0 : 100.0);
    boolean mayDie = theme.death().isPresent() || random.chance(0.5);
    this.crashChance = mayDie ? random.below(40) / (theme.death().isPresent() ? 80.0 : 2_000.0) : 0;
  }

  @Override
  public Fate fateOf(String kind, PopId from, PopId to, int ordinal) {
    Optional<Aim> aim = theme.aim().filter(each -> each.isAt(kind, to));
    if (aim.isPresent() && random.chance(aim.get().chance())) {
      return fate(one(aim.get().fates()));
    }
    if (fates.isEmpty() || !random.chance(messageChance)) {
      return Fate.DELIVERED;
    }
    return fate(one(fates));
  }

  private Fate fate(Fate.Kind drawn) {
    return switch (drawn) {
      case REPEATED -> Fate.repeatedAfter(repeatMillis());
      case LATE -> Fate.lateBy(random.below(random.chance(0.5) ? 500 : 10_000));
      default -> new Fate(drawn, 0);
    };
  }

  /** Some come when everything about the session has been forgotten. */
  private int repeatMillis() {
    boolean forgotten = random.chance(theme.subject() == Subject.FORGETTING ? 0.6 : 0.05);
    return forgotten
        ? 660_000 + random.below(random.chance(0.5) ? 1_500_000 : 7_000_000)
        : random.below(8_000);
  }

  @Override
  public Optional<Crash> crashAt(PopId pop, Moment moment, String what, int ordinal) {
    boolean here = theme.death().filter(words -> !what.contains(words)).isEmpty();
    boolean inHaste = theme.subject() == Subject.HASTE;
    if (!here
        || (inHaste && moment != Moment.BEFORE_SYNC)
        || crashes >= CRASHES_MAX
        || !random.chance(crashChance)) {
      return Optional.empty();
    }
    crashes++;
    PopId victim = random.chance(0.8) ? pop : pops.get(random.below(pops.size()));
    Crash.Kept kept =
        inHaste && random.chance(0.8) ? Crash.Kept.NOTHING : Crash.Kept.values()[random.below(3)];
    return Optional.of(new Crash(victim, kept, 50 + random.below(6_000)));
  }

  private <T> T one(List<T> all) {
    return all.get(random.below(all.size()));
  }
}
