package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.swarm.Theme.Aim;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;

/**
 * What makes sessions split: some classes stay behind where they may not rest, the others follow
 * the user anywhere; users stay for a while where that is so; and faults aim at what an owner and
 * its custodian say to each other. Drawn apart, so that all else of a seed is as it was.
 */
final class Splits {
  private static final ImmutableList<String> MESSAGES =
      ImmutableList.of(
          "ReadPart",
          "PartRead",
          "WritePart",
          "WritePart",
          "PartWritten",
          "PartSwung",
          "DropPart",
          "PartDropped",
          "Granted");

  private static final ImmutableList<String> DEATHS =
      ImmutableList.of("PartWritten", "PartSwung", "WritePart", "Owned", "Granted", "Forward");

  private static final ImmutableList<Fate.Kind> FATES =
      ImmutableList.of(
          Fate.Kind.LOST, Fate.Kind.LATE, Fate.Kind.LATE, Fate.Kind.REPEATED, Fate.Kind.SWAPPED);

  private final long seed;
  private final SeededRandom random;
  private final List<PopId> pops;

  /** Where users like to be. */
  private final PopId abroad;

  private Splits(long seed, SeededRandom random, List<PopId> pops) {
    this.seed = seed;
    this.random = random;
    this.pops = pops;
    this.abroad = pops.get(pops.size() - 1);
  }

  /** In three of ten worlds with more than two POPs. */
  static Optional<Splits> of(long seed, List<PopId> pops) {
    SeededRandom random = SeededRandom.named(seed, "splits");
    return pops.size() > 2 && random.chance(0.3)
        ? Optional.of(new Splits(seed, random, pops))
        : Optional.empty();
  }

  ImmutableList<Rule> rules() {
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    for (String dataClass : List.of("trail", "count", "cart", "default")) {
      boolean stays = random.chance(0.5);
      String store = stays ? one(List.of("home", "US", "US", "US,GB"), random) : "anywhere";
      String access =
          !stays || random.chance(0.75)
              ? "anywhere"
              : store + "," + one(List.of("JP", "AU", "US"), random);
      rules.add(new Rule(dataClass, store, access, stays ? "redact" : "remote"));
    }
    return rules.build();
  }

  /**
   * What holds later: often that what was left behind may stay with its custodian no more, or may
   * not be seen by its owner.
   */
  ImmutableList<Rule> laterRules(ImmutableList<Rule> rules) {
    ImmutableList.Builder<Rule> later = ImmutableList.builder();
    for (Rule rule : rules) {
      boolean stays = rule.otherwise().equals("redact") && random.chance(0.8);
      String store = one(List.of("GB", "JP", "AU", "home", "US,JP"), random);
      String access = random.chance(0.5) ? "anywhere" : store;
      later.add(stays ? new Rule(rule.dataClass(), store, access, "redact") : rule);
    }
    return later.build();
  }

  PopId place(PopId drawn) {
    return random.chance(0.5) ? abroad : drawn;
  }

  /** The same whoever asks: the drawing of acts and that of strikes must agree on it. */
  Theme theme(Theme drawn) {
    SeededRandom random = SeededRandom.named(seed, "splits-theme");
    Aim aim =
        new Aim(
            one(MESSAGES, random),
            ImmutableList.of(one(FATES, random), one(FATES, random)),
            random.chance(0.4) ? 1 : (20 + random.below(60)) / 100.0,
            random.chance(0.3) ? Optional.of(one(pops, random)) : Optional.empty());
    return new Theme(
        drawn.subject(),
        drawn.motion(),
        random.chance(0.6) ? Optional.of(aim) : drawn.aim(),
        random.chance(0.4) ? Optional.of(one(DEATHS, random)) : drawn.death());
  }

  private static <T> T one(List<T> all, SeededRandom random) {
    return all.get(random.below(all.size()));
  }
}
