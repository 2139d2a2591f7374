package dev.sojourn.sim.swarm;

import java.util.Optional;

/**
 * What came of many runs.
 *
 * @param runs how many, the failing one included
 * @param fingerprint of all of them in the order of their seeds; 0 where they were not traced
 * @param failed the first that failed
 */
public record Tally(
    long runs,
    long requests,
    long tookNanos,
    long fingerprint,
    Coverage coverage,
    Optional<Verdict> failed) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * @param verdicts in the order of their seeds
   */
  static Tally of(Iterable<Verdict> verdicts, long tookNanos) {
    long runs = 0;
    long requests = 0;
    long fingerprint = 0;
    Coverage coverage = new Coverage();
    for (Verdict verdict : verdicts) {
      runs++;
      requests += verdict.requests();
      fingerprint = fingerprint * 31 + verdict.fingerprint();
      coverage.addAll(verdict.coverage());
      if (verdict.failure().isPresent()) {
        return new Tally(runs, requests, tookNanos, fingerprint, coverage, Optional.of(verdict));
      }
    }
    return new Tally(runs, requests, tookNanos, fingerprint, coverage, Optional.empty());
  }

  /** Requests of clients in each second of real time. */
  public double requestsPerSecond() {
    return requests * NANOS_PER_SECOND / Math.max(1, tookNanos);
  }
}
