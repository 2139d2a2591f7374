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
  private static final ImmutableList<String> CLASSES =
      ImmutableList.of("trail", "count", "cart", "default");

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
      ImmutableList.of(
          "PartWritten",
          "PartSwung",
          "WritePart",
          "Beside",
          "Beside",
          "Pointing",
          "Granted",
          "Forward");

  private static final ImmutableList<Fate.Kind> FATES =
      ImmutableList.of(
          Fate.Kind.LOST, Fate.Kind.LATE, Fate.Kind.LATE, Fate.Kind.REPEATED, Fate.Kind.SWAPPED);

  private final long seed;
  private final SeededRandom random;
  private final List<PopId> pops;

  /** Where users like to be. */
  private final PopId abroad;

  private final ImmutableList<Rule> rules;

  /** Whether they hardly ever leave, and write all the time. */
  private final boolean settled;

  private Splits(long seed, SeededRandom random, List<PopId> pops) {
    this.seed = seed;
    this.random = random;
    this.pops = pops;
    this.abroad = pops.get(pops.size() - 1);
    this.rules = drawRules();
    this.settled = random.chance(0.5);
  }

  /** In three of ten worlds with more than two POPs. */
  static Optional<Splits> of(long seed, List<PopId> pops) {
    SeededRandom random = SeededRandom.named(seed, "splits");
    return pops.size() > 2 && random.chance(0.3)
        ? Optional.of(new Splits(seed, random, pops))
        : Optional.empty();
  }

  ImmutableList<Rule> rules() {
    return rules;
  }

  private ImmutableList<Rule> drawRules() {
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    String follows = one(CLASSES, random);
    String behind = one(CLASSES, random);
    for (String dataClass : CLASSES) {
      boolean drawn = random.chance(0.5);
      boolean stays = !dataClass.equals(follows) && (drawn || dataClass.equals(behind));
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
    return random.chance(settled ? 0.9 : 0.5) ? abroad : drawn;
  }

  /** Writes to what stays behind, often: only they swing the owner's pointer. */
  String operations(int number, String drawn) {
    List<String> behind =
        rules.stream()
            .filter(rule -> rule.otherwise().equals("redact"))
            .map(rule -> write(rule.dataClass(), number))
            .toList();
    return behind.isEmpty() || random.chance(settled ? 0.2 : 0.5) ? drawn : one(behind, random);
  }

  private static String write(String dataClass, int number) {
    return switch (dataClass) {
      case "trail" -> "appends log=a" + number + "; and gets";
      case "count" -> "increments n by 1 and appends log=a" + number + ";";
      case "cart" -> "puts cart=c" + number + " and appends log=a" + number + ";";
      default -> "puts other=" + number + " and appends log=a" + number + ";";
    };
  }

  /** Disks that end no sync for a while: what is said too soon is said long before it is true. */
  ImmutableList<Trouble> stalls(long lastsMillis) {
    ImmutableList.Builder<Trouble> stalls = ImmutableList.builder();
    int count = 3 + random.below(9);
    for (int i = 0; i < count; i++) {
      PopId pop = random.chance(0.4) ? abroad : one(pops, random);
      long at = random.below((int) Math.min(lastsMillis, 60_000));
      stalls.add(new Trouble(at, Trouble.Kind.STALL, pop, pop, 500 + random.below(5_000)));
    }
    return stalls.build();
  }

  /** The same whoever asks: the drawing of acts and that of strikes must agree on it. */
  Theme theme(Theme drawn) {
    SeededRandom random = SeededRandom.named(seed, "splits-theme");
    Aim aim =
        new Aim(
            one(MESSAGES, random),
            ImmutableList.of(one(FATES, random), one(FATES, random)),
            (10 + random.below(60)) / 100.0,
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
