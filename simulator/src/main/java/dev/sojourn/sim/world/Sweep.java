package dev.sojourn.sim.world;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.event.Event;
import dev.sojourn.value.KeyHash;
import java.util.ArrayList;
import java.util.List;

/**
 * A POP's way through its store after its policy has changed: tells the core of each record that
 * may not rest there, again and again until there is none, as a node does.
 */
final class Sweep {
  private static final long PAUSE_MILLIS_MIN = 2_000;
  private static final long PAUSE_MILLIS_MAX = 30_000;

  /** What was decided before a pass may reach the disk after it. */
  private static final int CLEAN_PASSES = 2;

  private final World world;
  private final Pop pop;
  private boolean isWanted;

  Sweep(World world, Pop pop) {
    this.world = world;
    this.pop = pop;
  }

  /** Another policy holds from now on. */
  void begin() {
    isWanted = true;
    resume();
  }

  /** The process was started: whether the last life came to the end of it, nobody remembers. */
  void resume() {
    if (isWanted && pop.isUp()) {
      pass(pop.life(), pop.policy().orElseThrow(), 0, CLEAN_PASSES);
    }
  }

  private void pass(long life, PolicyInForce policy, int round, int cleanWanted) {
    if (pop.life() != life || !pop.policy().filter(policy::equals).isPresent()) {
      return;
    }
    List<KeyHash> unlawful = unlawful(policy);
    int cleanLeft = unlawful.isEmpty() ? cleanWanted - 1 : CLEAN_PASSES;
    for (KeyHash key : unlawful) {
      if (pop.life() == life) {
        pop.handle(new Event.ResidencyDue(key, round));
      }
    }
    if (cleanLeft > 0) {
      long pauseMillis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS_MIN << Math.min(round, 10));
      world.after(pauseMillis, () -> pass(life, policy, round + 1, cleanLeft));
    }
  }

  private List<KeyHash> unlawful(PolicyInForce policy) {
    List<KeyHash> unlawful = new ArrayList<>();
    pop.disk()
        .written()
        .forEach(
            (key, stored) -> {
              if (!policy.isSwept(stored.record(), pop.id(), pop.localMillis())) {
                unlawful.add(key);
              }
            });
    return unlawful;
  }
}
