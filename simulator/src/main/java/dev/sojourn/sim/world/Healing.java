package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Operation;
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
  /** Longer than the longest pause between two repeats of what is owed. */
  private static final long SETTLED_MILLIS = 180_000;

  private static final long STEP_MILLIS = 500;
  private static final int STEPS_MAX = 400;

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

  /** The last hint of each session. */
  private static List<Hint> newestOfEach(List<Hint> hints) {
    Map<SessionId, Hint> newest = new LinkedHashMap<>();
    hints.forEach(hint -> newest.put(hint.id(), hint));
    return List.copyOf(newest.values());
  }

  private static void probe(World world, Device prober, Hint hint, PopId pop) {
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
  }
}
