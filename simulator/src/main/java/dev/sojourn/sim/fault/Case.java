package dev.sojourn.sim.fault;

import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.sim.workload.Story;
import dev.sojourn.sim.world.Boundary;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Healing;
import dev.sojourn.sim.world.Invariants;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.World;
import dev.sojourn.sim.world.WorldSettings;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A story, a network, and what goes wrong: enough to repeat a run, and written as one line.
 *
 * @param story {@code journey}, {@code devices}, {@code commute}, each with {@code slow} before it
 *     for slow disks, or {@code drawn SEED}
 * @param fault {@code none}, {@code random}, {@code message INDEX FATE MILLIS}, or {@code boundary
 *     INDEX VICTIM KEPT}
 */
public record Case(String story, Network.Mode mode, String fault) {
  private static final String SEPARATOR = " / ";
  private static final String SLOW = "slow ";
  private static final long SYNC_MILLIS = 3;
  private static final long SLOW_SYNC_MILLIS = 150;
  private static final String[] POPS = {"bos", "nyc", "tyo"};

  /**
   * @throws IllegalArgumentException if the line was not written by {@link #toString}
   */
  public static Case parse(String line) {
    String[] parts = line.split(SEPARATOR);
    if (parts.length != 3) {
      throw new IllegalArgumentException("`" + line + "` is not a case: STORY / MODE / FAULT");
    }
    return new Case(parts[0], Network.Mode.valueOf(parts[1]), parts[2]);
  }

  public Case with(Faults other) {
    return new Case(story, mode, other.toString());
  }

  /**
   * Runs it to the end, healing and trying of hints included.
   *
   * @throws RuntimeException at the first thing that must not be
   */
  public World run(Core.Maker maker, boolean traced) {
    World world = world(maker, toFaults(), traced);
    toEnd(world);
    return world;
  }

  private World world(Core.Maker maker, Faults faults, boolean traced) {
    WorldSettings settings =
        WorldSettings.of(seed(), POPS)
            .withNamespace(namespace())
            .moving(toStory().move())
            .onNetwork(mode, fault.equals("random") ? 20 : 0)
            .keepingHot(seed() % 3 == 0 ? 0 : 256L << 20)
            .syncingIn(isSlow() ? SLOW_SYNC_MILLIS : SYNC_MILLIS)
            .running(maker)
            .traced(traced);
    return new World(settings, faults, Invariants.all(settings));
  }

  /** Some seeds have sessions that soon run out, and some a window that soon forgets. */
  private NamespaceSettings namespace() {
    NamespaceSettings usual = NamespaceSettings.defaults();
    boolean brief = seed() % 5 == 2;
    boolean forgetful = seed() % 4 == 3;
    return new NamespaceSettings(
        brief ? 20_000 : usual.idleMillisDefault(),
        usual.idleMillisMax(),
        brief ? 90_000 : usual.absoluteMillisDefault(),
        usual.absoluteMillisMax(),
        forgetful ? 4_000 : usual.retryMillis(),
        forgetful ? 2 : usual.windowEntriesMax(),
        usual.limits(),
        usual.move(),
        usual.durability(),
        usual.onMissing());
  }

  private void toEnd(World world) {
    toStory().play(world);
    Healing.heal(world);
    if (!world.alarms().isEmpty()) {
      throw new IllegalStateException("alarms: " + world.alarms());
    }
  }

  /**
   * What is wrong with this case, told with its trace. Slow, since it keeps every line: for a case
   * that is known to fail.
   */
  public String explain(Core.Maker maker) {
    World world = world(maker, toFaults(), true);
    String why = "nothing is wrong";
    try {
      toEnd(world);
    } catch (RuntimeException e) {
      why = e.toString();
    }
    return why + "\n" + String.join("\n", world.trace().lines());
  }

  private long seed() {
    return story.startsWith("drawn ") ? Long.parseLong(story.substring(6)) : 1;
  }

  /** A disk slower than the network: messages overtake what they must not overtake. */
  private boolean isSlow() {
    return story.startsWith(SLOW) || (story.startsWith("drawn ") && seed() % 3 == 1);
  }

  private Story toStory() {
    return switch (story.startsWith(SLOW) ? story.substring(SLOW.length()) : story) {
      case "journey" -> Story.journey();
      case "devices" -> Story.devices();
      case "commute" -> Story.commute();
      default -> Story.drawn(seed());
    };
  }

  private Faults toFaults() {
    String[] words = fault.split(" ");
    return switch (words[0]) {
      case "none" -> Faults.NONE;
      case "random" -> new RandomFaults(seed(), Stream.of(POPS).map(PopId::new).toList());
      case "message" ->
          new SingleFault.OfMessage(
              Long.parseLong(words[1]),
              new Fate(Fate.Kind.valueOf(words[2]), Long.parseLong(words[3])));
      default ->
          new SingleFault.OfProcess(
              Long.parseLong(words[1]),
              new Crash(new PopId(words[2]), Crash.Kept.valueOf(words[3]), 2_000));
    };
  }

  /** Every message lost, repeated, late and swapped, in turn. */
  public List<Case> everyMessage(long messages) {
    List<Fate> fates =
        List.of(
            Fate.LOST,
            Fate.LOST_WITH_STREAM,
            Fate.repeatedAfter(1),
            Fate.repeatedAfter(5_000),
            Fate.lateBy(300),
            Fate.lateBy(5_000),
            Fate.SWAPPED);
    List<Case> cases = new ArrayList<>();
    for (long index = 0; index < messages; index++) {
      for (Fate fate : fates) {
        cases.add(with(new SingleFault.OfMessage(index, fate)));
      }
    }
    return cases;
  }

  /**
   * Every POP dead at every boundary of its own, with nothing and with everything kept; and every
   * other POP dead before and after each of its syncs.
   */
  public List<Case> everyCrash(Core.Maker maker) {
    List<Boundary> boundaries = new ArrayList<>();
    Faults recorder =
        new Faults() {
          @Override
          public Optional<Crash> crashAt(Boundary boundary) {
            boundaries.add(boundary);
            return Optional.empty();
          }
        };
    toStory().play(world(maker, recorder, false));
    List<Case> cases = new ArrayList<>();
    for (Boundary boundary : boundaries) {
      cases.add(dying(boundary, boundary.pop(), Crash.Kept.NOTHING));
      cases.add(dying(boundary, boundary.pop(), Crash.Kept.EVERYTHING));
      boolean sync =
          boundary.moment() == Moment.BEFORE_SYNC || boundary.moment() == Moment.AFTER_SYNC;
      for (String pop : sync ? POPS : new String[0]) {
        if (!boundary.pop().name().equals(pop)) {
          cases.add(dying(boundary, new PopId(pop), Crash.Kept.NOTHING));
        }
      }
    }
    return cases;
  }

  private Case dying(Boundary boundary, PopId victim, Crash.Kept kept) {
    return with(new SingleFault.OfProcess(boundary.index(), new Crash(victim, kept, 2_000)));
  }

  @Override
  public String toString() {
    return story + SEPARATOR + mode + SEPARATOR + fault;
  }
}
