package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.sim.swarm.Act.Credential;
import dev.sojourn.sim.swarm.Act.Temper;
import dev.sojourn.sim.swarm.Shape.Drift;
import dev.sojourn.sim.swarm.Shape.Move;
import dev.sojourn.sim.swarm.Shape.Trait;
import dev.sojourn.sim.swarm.Shape.Way;
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
  private static final long ACT_MILLIS = 300;

  private final long seed;
  private final SeededRandom random;
  private final ImmutableList<PopId> pops;

  private Draw(long seed) {
    this.seed = seed;
    this.random = SeededRandom.named(seed, "plan");
    this.pops = POPS.subList(0, 2 + random.below(4));
  }

  public static Plan plan(long seed) {
    Draw draw = new Draw(seed);
    Shape shape = draw.shape();
    ImmutableList<Act> acts = draw.acts();
    return new Plan(shape, acts, draw.troubles(acts), Optional.empty());
  }

  private Shape shape() {
    ImmutableSet.Builder<Trait> traits = ImmutableSet.builder();
    for (Trait trait : Trait.values()) {
      if (random.chance(0.2)) {
        traits.add(trait);
      }
    }
    Move move = random.chance(0.5) ? Move.ALWAYS : one(List.of(Move.values()));
    return new Shape(
        seed,
        pops,
        random.chance(0.5) ? Network.Mode.RAW : Network.Mode.STRICT,
        move,
        traits.build(),
        one(List.of(1L, 3L, 30L, 150L)),
        ways(),
        drifts());
  }

  private ImmutableList<Way> ways() {
    ImmutableList.Builder<Way> ways = ImmutableList.builder();
    boolean jitters = random.chance(0.5);
    for (int i = 0; i < pops.size(); i++) {
      for (int j = i + 1; j < pops.size(); j++) {
        long rtt = 2 + random.below(random.chance(0.5) ? 20 : 250);
        ways.add(new Way(pops.get(i), pops.get(j), rtt, jitters ? random.below(60) : 0));
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
    int count = 5 + random.below(18);
    ImmutableList.Builder<Act> acts = ImmutableList.builder();
    boolean readsOnly = random.chance(0.05);
    for (int number = 1; number <= count; number++) {
      String device = number == 1 ? DEVICES.get(0) : DEVICES.get(random.below(devices));
      boolean last = number == count;
      Act.Doing doing = number == 1 ? creation() : doing(number, readsOnly, last, devices);
      acts.add(new Act(number, pauseMillis(), device, one(pops), random.chance(0.65), doing));
    }
    return acts.build();
  }

  private long pauseMillis() {
    int kind = random.below(100);
    if (kind < 55) {
      return random.below(50);
    } else if (kind < 84) {
      return random.below(500);
    } else if (kind < 94) {
      return 2_000 + random.below(8_000);
    } else if (kind < 99) {
      return 10_000 + random.below(60_000);
    }
    return 1_200_000 + random.below(10_000_000);
  }

  private static Act.Request creation() {
    return new Act.Request(Credential.CURRENT, Temper.STUBBORN, "appends log=a1;");
  }

  private Act.Doing doing(int number, boolean readsOnly, boolean last, int devices) {
    int kind = random.below(100);
    if (kind < 10) {
      return new Act.Repeat(1 + random.below(number - 1));
    } else if (kind < 18 && devices > 1) {
      return new Act.Carry(DEVICES.get(random.below(devices)));
    }
    Temper temper = random.chance(0.6) ? Temper.STUBBORN : one(List.of(Temper.values()));
    String operations = readsOnly ? "gets" : operations(number, last);
    return new Act.Request(credential(), temper, operations);
  }

  private Credential credential() {
    return random.chance(0.85) ? Credential.CURRENT : one(List.of(Credential.values()));
  }

  private String operations(int number, boolean last) {
    String token = "appends log=a" + number + ";";
    if (last && random.chance(0.4)) {
      return "destroys";
    }
    return switch (random.below(24)) {
      case 0, 1, 2, 3 -> "gets";
      case 4, 5 -> "increments n by 1 and " + token;
      case 6, 7 -> "puts cart=c" + number + " and " + token;
      case 8 -> token + " and rotates";
      case 9 -> "rotates";
      case 10 -> "touches";
      case 11 -> "removes cart and gets cart";
      case 12 -> "requires v" + (1 + random.below(6)) + " and " + token;
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
    long span = acts.stream().mapToLong(act -> act.pauseMillis() + ACT_MILLIS).sum();
    ImmutableList.Builder<Trouble> troubles = ImmutableList.builder();
    for (Trouble.Kind kind : Trouble.Kind.values()) {
      int count = random.chance(chance(kind)) ? 1 + random.below(3) : 0;
      for (int i = 0; i < count; i++) {
        long at = random.below((int) Math.min(span, 60_000));
        int victim = random.below(pops.size());
        PopId other = pops.get((victim + 1 + random.below(pops.size() - 1)) % pops.size());
        troubles.add(new Trouble(at, kind, pops.get(victim), other, millis(kind)));
      }
    }
    return troubles.build();
  }

  /** Where a disk is lost or goes back, promises are off: most runs are to keep them all. */
  private static double chance(Trouble.Kind kind) {
    return switch (kind) {
      case LOST_DISK, OLD_DISK -> 0.12;
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
    return all.get(random.below(all.size()));
  }
}
