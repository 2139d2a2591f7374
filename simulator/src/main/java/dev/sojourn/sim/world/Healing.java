package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of every run: faults stop, what is owed is said, and then every hint that was ever handed
 * out is tried.
 */
public final class Healing {
  /**
   * Longer than the longest pause between two repeats of what is owed, and that much longer by
   * which a clock may have been set back.
   */
  private static final long SETTLED_MILLIS = 480_000;

  private static final long STEP_MILLIS = 500;
  private static final int STEPS_MAX = 400;

  /** More than any checker bears. */
  private static final int READS_MAX = 60;

  private Healing() {}

  public static void heal(World world) {
    world.heal();
    long late =
        world.settings().pops().stream()
            .mapToLong(pop -> world.pop(pop).clockBehindMillis())
            .max()
            .orElse(0);
    world.run(SETTLED_MILLIS + late);
    world.verifyAtRest();
    tryHints(world);
    world.run(SETTLED_MILLIS);
    world.verifyAtRest();
  }

  private static void tryHints(World world) {
    List<PopId> pops = world.settings().pops();
    Device prober = world.device("prober");
    int turn = 0;
    for (Device device : world.devices()) {
      List<Hint> hints = device.received();
      for (Hint hint : device == prober ? List.<Hint>of() : hints) {
        probe(world, prober, hint, pops.get(turn++ % pops.size()));
      }
      for (Hint hint : device == prober ? List.<Hint>of() : newestOfEach(hints)) {
        for (PopId pop : pops) {
          probe(world, prober, hint, pop);
        }
      }
    }
  }

  /**
   * Somebody who reads at one POP, again and again, soon has the session there. Not to be asked of
   * a world in which sessions never move.
   */
  public static void stay(World world) {
    Device prober = world.device("prober");
    for (Hint newest : newestOfEach(prober.received())) {
      List<PopId> others =
          world.settings().pops().stream()
              .filter(pop -> !pop.equals(newest.owner()) && !world.pop(pop).isDraining())
              .toList();
      // Just used where it is, so that no coin is spared for its having been quiet.
      probe(world, prober, newest, newest.owner());
      boolean served = !others.isEmpty();
      for (int i = 0; i < READS_MAX && served; i++) {
        Ask ask = probe(world, prober, newest, others.get(0));
        served = ask.reply().filter(reply -> reply.how() == How.EXECUTED).isPresent();
      }
    }
  }

  /** The last hint of each session. */
  private static List<Hint> newestOfEach(List<Hint> hints) {
    Map<SessionId, Hint> newest = new LinkedHashMap<>();
    hints.forEach(hint -> newest.put(hint.id(), hint));
    return List.copyOf(newest.values());
  }

  private static Ask probe(World world, Device prober, Hint hint, PopId pop) {
    Ask ask =
        prober.ask(
            pop,
            Patience.STUBBORN,
            Optional.of(hint),
            Credential.GENUINE,
            ImmutableList.of(new Operation.Get(ImmutableList.of())));
    for (int i = 0; i < STEPS_MAX && !ask.isOver(); i++) {
      world.run(STEP_MILLIS);
    }
    return ask;
  }
}
