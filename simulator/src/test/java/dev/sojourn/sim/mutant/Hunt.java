package dev.sojourn.sim.mutant;

import com.google.common.base.Splitter;
import dev.sojourn.sim.swarm.Swarm;
import dev.sojourn.sim.swarm.Verdict;
import dev.sojourn.sim.world.Core;
import java.util.List;
import java.util.Optional;

/** Runs seed after seed against a broken core, until one shows that it is broken. */
final class Hunt {
  /** No mutant may need more. */
  static final long SEEDS_MAX = 1_000;

  private Hunt() {}

  /**
   * The seed that showed it.
   *
   * @param seeds how many were run, this one included
   * @param checker by its name; if none spoke, the exception that the core threw
   */
  record Found(long seed, long seeds, String checker, String failure) {}

  /** Runs seeds from {@code from} on, and returns empty if all of them hold. */
  static Optional<Found> from(long from, Core.Maker broken) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Swarm(from, SEEDS_MAX, cores, false)
        .run(broken, done -> {})
        .failed()
        .map(verdict -> found(from, verdict));
  }

  private static Found found(long from, Verdict verdict) {
    String failure = verdict.failure().orElseThrow();
    List<String> said = Splitter.on(": ").splitToList(failure);
    String checker = said.get(0).equals("InvariantViolated") ? said.get(1) : said.get(0);
    return new Found(verdict.seed(), verdict.seed() - from + 1, checker, failure);
  }
}
