package dev.sojourn.sim.world;

/**
 * How long a client waits, and how often it tries.
 *
 * @param attemptsMax calls with the same bytes at most
 * @param timeoutMillis of one call
 * @param pauseMillis between two calls; half as much again each time
 */
public record Patience(int attemptsMax, long timeoutMillis, long pauseMillis) {
  public static final Patience ONCE = new Patience(1, 2_000, 0);

  /** Tries for about a minute. */
  public static final Patience STUBBORN = new Patience(10, 2_000, 300);
}
