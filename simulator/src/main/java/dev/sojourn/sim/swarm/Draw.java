package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.sim.swarm.Act.Credential;
import dev.sojourn.sim.swarm.Act.Temper;
import dev.sojourn.sim.swarm.Shape.Drift;
import dev.sojourn.sim.swarm.Shape.Move;
import dev.sojourn.sim.swarm.Shape.Trait;
import dev.sojourn.sim.swarm.Shape.Way;
import dev.sojourn.sim.swarm.Theme.Motion;
import dev.sojourn.sim.swarm.Theme.Subject;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws a plan from a seed. */
public final class Draw {
  private static final ImmutableList<PopId> POPS =
      Stream.of("bos", "nyc", "tyo", "lon", "syd")
          .map(PopId::new)
          .collect(ImmutableList.toImmutableList());
  private static final ImmutableList<String> DEVICES = ImmutableList.of("alice", "bob", "carol");
  private static final int ACT_MILLIS_MEAN = 150;

  /** A rest is longer than a forgotten hint of a brief session is remembered. */
  private static final int REST_MILLIS_MIN = 700_000;

  private static final int REST_MILLIS_MAX = 9_000_000;

  private final long seed;
  private final SeededRandom random;
  private final ImmutableList<PopId> pops;

  /** Of its own, so that worlds in which no policy changes are drawn as they always were. */
  private final SeededRandom changes;

  private final Theme theme;
  private final boolean inHaste;
  private final Optional<Splits> splits;

  /** How many POPs a shuttle goes round. */
  private final int stops;

  /** How many requests in a row are made at each of them. */
  private final int stay;

  private Draw(long seed) {
    this.seed = seed;
    this.random = SeededRandom.named(seed, "plan");
    this.changes = SeededRandom.named(seed, "policy change");
    this.pops = POPS.subList(0, 2 + random.below(4));
    this.theme = Theme.of(seed, pops);
    this.inHaste = theme.subject() == Subject.HASTE;
    this.splits = inHaste ? Optional.empty() : Splits.of(seed, pops);
    this.stops = Math.min(pops.size(), random.chance(inHaste ? 0.2 : 0.6) ? 2 : 3);
    this.stay = inHaste && random.chance(0.6) ? 2 : 1;
  }

  public static Plan plan(long seed) {
    Draw draw = new Draw(seed);
    Shape shape = draw.shape();
    ImmutableList<Act> acts = draw.acts();
    ImmutableList<Trouble> troubles =
        ImmutableList.<Trouble>builder()
            .addAll(draw.troubles(acts))
            .addAll(draw.policyChanges(shape, acts))
            .build();
    return new Plan(shape, acts, troubles, Optional.empty());
  }

  private Shape shape() {
    ImmutableSet.Builder<Trait> traits = ImmutableSet.builder();
    for (Trait trait : Trait.values()) {
      if (random.chance(chance(trait))) {
        traits.add(trait);
      }
    }
    double always =
        switch (theme.subject()) {
          case ANY -> 0.5;
          case HASTE -> 1;
          default -> 0.8;
        };
    Move move = random.chance(always) ? Move.ALWAYS : one(List.of(Move.values()));
    Network.Mode mode = random.chance(0.6) ? Network.Mode.RAW : Network.Mode.STRICT;
    long syncMillis = one(inHaste ? List.of(30L, 150L, 150L) : List.of(1L, 3L, 30L, 150L));
    ImmutableList<Way> ways = ways();
    ImmutableList<Drift> drifts = drifts();
    ImmutableList<Rule> rules = splitting(rules());
    return new Shape(
        seed,
        pops,
        mode,
        move,
        traits.build(),
        syncMillis,
        ways,
        drifts,
        rules,
        laterRules(rules),
        one(changes, List.of(0L, 20L, 180L)),
        one(List.of("US", "US", "GB", "JP", "DE")));
  }

  private double chance(Trait trait) {
    return switch (trait) {
      case BRIEF -> theme.subject() == Subject.FORGETTING ? 0.5 : 0.2;
      case ASYNC -> inHaste ? 0.8 : 0.5;
      case GOES_ON -> 0.5;
      default -> 0.2;
    };
  }

  /**
   * A policy in half of the worlds; where a class is left out, it falls to the policy's silence.
   */
  private ImmutableList<Rule> rules() {
    boolean lawless = random.chance(inHaste ? 0.9 : 0.5);
    return lawless ? ImmutableList.of() : rules(random);
  }

  /** In half of the worlds that have a policy it changes, in any direction. */
  private ImmutableList<Rule> laterRules(ImmutableList<Rule> rules) {
    if (rules.isEmpty() || changes.chance(splits.isPresent() ? 0.3 : 0.5)) {
      return ImmutableList.of();
    }
    return splits.map(each -> each.laterRules(rules)).orElseGet(() -> rules(changes));
  }

  private static ImmutableList<Rule> rules(SeededRandom random) {
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    for (String dataClass : List.of("trail", "count", "cart", "default")) {
      if (random.chance(0.9)) {
        String store =
            one(random, List.of("anywhere", "anywhere", "home", "US", "US,GB", "US,JP,GB"));
        String access =
            random.chance(0.7)
                ? "anywhere"
                : store.equals("anywhere")
                    ? store
                    : store + "," + one(random, List.of("JP", "AU", "US"));
        String otherwise = one(random, List.of("nearest", "nearest", "remote", "deny"));
        rules.add(new Rule(dataClass, store, access, otherwise));
      }
    }
    return rules.build();
  }

  private ImmutableList<Rule> splitting(ImmutableList<Rule> drawn) {
    return splits.map(Splits::rules).orElse(drawn);
  }

  private ImmutableList<Way> ways() {
    ImmutableList.Builder<Way> ways = ImmutableList.builder();
    boolean jitters = random.chance(0.5);
    SeededRandom lines = SeededRandom.named(seed, "lines");
    boolean slow = lines.chance(0.25);
    for (int i = 0; i < pops.size(); i++) {
      for (int j = i + 1; j < pops.size(); j++) {
        long rtt = 2 + random.below(random.chance(0.5) ? 20 : 250);
        ways.add(
            new Way(
                pops.get(i),
                pops.get(j),
                rtt,
                jitters ? random.below(60) : 0,
                slow && lines.chance(0.5) ? 1_000 + lines.below(20_000) : 0));
      }
    }
    return ways.build();
  }

  private ImmutableList<Drift> drifts() {
    ImmutableList.Builder<Drift> drifts = ImmutableList.builder();
    if (random.chance(0.3)) {
      pops.forEach(pop -> drifts.add(new Drift(pop, random.below(401) - 200)));
    }
    return drifts.build();
  }

  private ImmutableList<Act> acts() {
    int devices = 1 + random.below(DEVICES.size());
    int count = (inHaste ? 24 : 8) + random.below(32);
    ImmutableList.Builder<Act> acts = ImmutableList.builder();
    boolean readsOnly = random.chance(0.05);
    // Everything that was still to be remembered then may have been forgotten after it.
    int rests = rests() ? count / 2 + 1 + random.below(count / 2) : 0;
    PopId birth = inHaste ? pops.get(0) : one(pops);
    for (int number = 1; number <= count; number++) {
      String device = number == 1 ? DEVICES.get(0) : DEVICES.get(random.below(devices));
      boolean last = number == count;
      Act.Doing doing = number == 1 ? creation() : doing(number, readsOnly, last, devices);
      if (number > 1 && number <= devices && theme.subject() != Subject.ANY) {
        device = DEVICES.get(number - 1);
        doing = new Act.Carry(DEVICES.get(0));
      }
      PopId pop = number == 1 || isRepeatOfTheFirst(doing) ? birth : place(number);
      long pause = number == rests ? restMillis() : pauseMillis();
      acts.add(new Act(number, pause, device, pop, random.chance(waitChance()), doing));
    }
    return acts.build();
  }

  private boolean rests() {
    return theme.subject() == Subject.FORGETTING
        || (theme.subject() == Subject.ANY && random.chance(0.2));
  }

  /** A creation that is repeated elsewhere is another session; so it mostly is not. */
  private boolean isRepeatOfTheFirst(Act.Doing doing) {
    return doing instanceof Act.Repeat repeat && repeat.number() == 1 && random.chance(0.8);
  }

  private PopId place(int number) {
    PopId place =
        theme.motion() == Motion.SHUTTLE && random.chance(0.9)
            ? pops.get(number / stay % stops)
            : one(pops);
    return splits.map(each -> each.place(place)).orElse(place);
  }

  private double waitChance() {
    return switch (theme.motion()) {
      case ROAM -> 0.65;
      case SHUTTLE -> 0.85;
      case CROWD -> 0.2;
    };
  }

  private long restMillis() {
    return REST_MILLIS_MIN + random.below(REST_MILLIS_MAX - REST_MILLIS_MIN);
  }

  private long pauseMillis() {
    if (theme.motion() == Motion.CROWD && random.chance(0.8)) {
      return random.below(8);
    }
    if (theme.subject() == Subject.FORGETTING && random.chance(0.1)) {
      return 15_000 + random.below(40_000);
    }
    int kind =
        switch (theme.subject()) {
          case HAND_BACK -> random.below(86);
          case HASTE -> random.below(70);
          default -> random.below(100);
        };
    if (kind < 55) {
      return random.below(50);
    } else if (kind < 84) {
      return random.below(500);
    } else if (kind < 94) {
      return 2_000 + random.below(8_000);
    }
    return 10_000 + random.below(60_000);
  }

  private static Act.Request creation() {
    return new Act.Request(Credential.CURRENT, Temper.STUBBORN, "appends log=a1;");
  }

  private Act.Doing doing(int number, boolean readsOnly, boolean last, int devices) {
    int kind = random.below(100);
    if (kind < 10) {
      boolean ofTheFirst = random.chance(theme.subject() == Subject.FORGETTING ? 0.4 : 0.25);
      return new Act.Repeat(ofTheFirst ? 1 : 1 + random.below(number - 1));
    } else if (kind < 18 && devices > 1) {
      return new Act.Carry(DEVICES.get(random.below(devices)));
    }
    boolean any = theme.subject() == Subject.ANY;
    Temper temper =
        random.chance(any ? 0.6 : 0.45) ? Temper.STUBBORN : one(List.of(Temper.values()));
    String operations = readsOnly ? "gets" : operations(number, last);
    return new Act.Request(credential(), temper, operations);
  }

  private Credential credential() {
    double current =
        switch (theme.subject()) {
          case ANY -> 0.85;
          case HASTE -> 0.5;
          default -> 0.75;
        };
    return random.chance(current) ? Credential.CURRENT : one(List.of(Credential.values()));
  }

  private String operations(int number, boolean last) {
    String token = "appends log=a" + number + ";";
    if (last && random.chance(0.4)) {
      return "destroys";
    }
    return switch (random.below(25)) {
      case 0, 1, 2, 3 -> "gets";
      case 4, 5 -> "increments n by 1 and " + token;
      case 6, 7 -> "puts cart=c" + number + " and " + token;
      case 8 -> token + " and rotates";
      case 9 -> "rotates";
      case 10 -> "touches";
      case 11 -> "removes cart and gets cart";
      case 12, 24 -> "requires v" + (1 + random.below(6)) + " and " + token;
      case 13 -> rare(number);
      case 14 -> "increments n by " + (random.chance(0.2) ? Long.MAX_VALUE : 2);
      default -> token + " and gets";
    };
  }

  private String rare(int number) {
    return switch (random.below(5)) {
      case 0 -> "increments log by 1";
      case 1 -> "destroys and gets";
      case 2 -> "puts a-name-that-few-would-choose=" + number;
      case 3 -> "puts f" + number + "=" + "x".repeat(50);
      default -> "destroys";
    };
  }

  /** Some kinds only: what all kinds together hide, a few of them may show. */
  private ImmutableList<Trouble> troubles(ImmutableList<Act> acts) {
    ImmutableList.Builder<Trouble> troubles = ImmutableList.builder();
    if (theme.subject() == Subject.HAND_BACK) {
      // At the POPs between which the clients go, and nearly all the time.
      troubles.add(flicker(pops.get(0), pops.get(1)), flicker(pops.get(1), pops.get(0)));
    }
    for (Trouble.Kind kind : Trouble.Kind.values()) {
      if (kind == Trouble.Kind.POLICY) {
        continue;
      }
      int count = random.chance(chance(kind)) ? 1 + random.below(3) : 0;
      for (int i = 0; i < count; i++) {
        long at = whileActing(random, acts);
        int victim = random.below(pops.size());
        PopId other = pops.get((victim + 1 + random.below(pops.size() - 1)) % pops.size());
        troubles.add(new Trouble(at, kind, pops.get(victim), other, millis(kind)));
      }
    }
    return troubles.build();
  }

  /** At one POP, and another, and perhaps back: for a while they differ. */
  private ImmutableList<Trouble> policyChanges(Shape shape, ImmutableList<Act> acts) {
    ImmutableList.Builder<Trouble> troubles = ImmutableList.builder();
    int count = shape.laterRules().isEmpty() ? 0 : 1 + changes.below(2 * pops.size());
    for (int i = 0; i < count; i++) {
      long at = whileActing(changes, acts);
      PopId pop = one(changes, pops);
      troubles.add(new Trouble(at, Trouble.Kind.POLICY, pop, pop, changes.chance(0.75) ? 2 : 1));
    }
    return troubles.build();
  }

  private Trouble flicker(PopId pop, PopId other) {
    long millis = 10_000 + random.below(50_000);
    return new Trouble(random.below(2_000), Trouble.Kind.FLICKER, pop, other, millis);
  }

  /** An instant at which something is under way, as far as can be told beforehand. */
  private static long whileActing(SeededRandom random, ImmutableList<Act> acts) {
    long at = random.below(2 * ACT_MILLIS_MEAN);
    for (Act act : acts.subList(0, 1 + random.below(acts.size()))) {
      at += act.pauseMillis() + (act.waits() ? ACT_MILLIS_MEAN : 0);
    }
    return at;
  }

  /** Where a disk loses something, promises are off: most runs are to keep them all. */
  private double chance(Trouble.Kind kind) {
    if (inHaste) {
      // Whatever else befalls a POP only keeps clients from being quick.
      return 0.08;
    }
    return switch (kind) {
      case LOST_DISK -> 0.2;
      case OLD_DISK, RUIN, UPGRADE, DOWNGRADE -> 0.12;
      default -> 0.25;
    };
  }

  private long millis(Trouble.Kind kind) {
    return switch (kind) {
      case AWAY -> 60_000L * (1 + random.below(random.chance(0.5) ? 30 : 4_000));
      case CLOCK -> random.below(240_001) - 120_000;
      case STALL -> 100 + random.below(4_000);
      default -> 200 + random.below(20_000);
    };
  }

  private <T> T one(List<T> all) {
    return one(random, all);
  }

  private static <T> T one(SeededRandom random, List<T> all) {
    return all.get(random.below(all.size()));
  }
}
