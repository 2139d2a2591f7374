package dev.sojourn.sim.chance;

/**
 * Chance that repeats: the same numbers for the same seed on every machine and JDK, without an
 * object for each stream (SplitMix64: Steele, Lea, Flood, OOPSLA 2014). Not thread-safe.
 */
public final class Draws {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** The stream of one part of a run: it depends on the seed and the part alone. */
  public Draws(long seed, long part) {
    state = mix(seed + GAMMA) ^ mix(part * GAMMA + 1);
  }

  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /** From 0 up to, and not including, {@code bound}. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** From 0 up to, and not including, {@code bound}. */
  public long below(long bound) {
    return (long) (unit() * bound);
  }

  /** From 0 up to, and not including, 1. */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** With that mean, as between the clicks of a person. */
  public double exponential(double mean) {
    return -mean * StrictMath.log(1 - unit());
  }

  /** One number from another, without a pattern. */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
