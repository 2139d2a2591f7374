package dev.sojourn.sim.terms;

import dev.sojourn.sim.chance.Draws;

/**
 * By how much a message between POPs is late: by chance, with an exponential tail, and for the same
 * message by the same each time that it is asked.
 *
 * @param meanMicros 0 where none ever is
 * @param seed of the run
 */
public record Jitter(long meanMicros, long seed) {
  public static final Jitter NONE = new Jitter(0, 0);

  public boolean isNone() {
    return meanMicros == 0;
  }

  /**
   * In microseconds.
   *
   * @param message tells messages of one pair of POPs apart
   */
  public long micros(long message, int from, int to) {
    if (isNone()) {
      return 0;
    }
    Draws draws = new Draws(seed ^ Draws.mix(message), 1_000_003L * from + to);
    return (long) draws.exponential(meanMicros);
  }
}
