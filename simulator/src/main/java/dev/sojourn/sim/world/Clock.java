package dev.sojourn.sim.world;

/**
 * A POP's wall clock, read as a node reads it: once, at the start of the process, and counted on
 * from there. It may differ from the world's, run too fast or too slow, and be set; that it was set
 * shows at the next start.
 */
final class Clock {
  private static final long MILLION = 1_000_000;

  private long offsetMillis;
  private long nextOffsetMillis;
  private long driftPpm;
  private long furthestMillis;

  Clock(long offsetMillis) {
    this.offsetMillis = offsetMillis;
    this.nextOffsetMillis = offsetMillis;
    this.furthestMillis = offsetMillis;
  }

  /** What it shows when the world's time is {@code nowMillis}. */
  long localMillis(long nowMillis) {
    return offsetMillis + nowMillis + Math.floorDiv(nowMillis * driftPpm, MILLION);
  }

  /** The world's first instant at which it shows {@code localMillis} or more. */
  long worldMillis(long localMillis) {
    long guess = Math.floorDiv((localMillis - offsetMillis) * MILLION, MILLION + driftPpm) - 2;
    while (localMillis(guess) < localMillis) {
      guess++;
    }
    return guess;
  }

  /** Lets it gain so many microseconds each second; to be said before anything has happened. */
  void drift(long ppm) {
    driftPpm = ppm;
  }

  void set(long byMillis) {
    nextOffsetMillis += byMillis;
  }

  void restart() {
    offsetMillis = nextOffsetMillis;
    furthestMillis = Math.max(furthestMillis, offsetMillis);
  }

  /** By how much what was to happen at one of its instants may be late, as it was set back. */
  long behindMillis() {
    return furthestMillis - offsetMillis;
  }
}
