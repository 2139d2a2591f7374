package dev.sojourn.sim.place;

/**
 * What a message between two POPs takes, there and back. Thread-safe.
 *
 * <p>Up to {@link #TABLE_POPS_MAX} POPs all pairs are worked out once; beyond that each is worked
 * out when it is asked for, since the table would grow with the square.
 */
public final class RoundTrips {
  static final int TABLE_POPS_MAX = 2048;

  private final int pops;
  private final Measure measure;
  private final int[] table;

  /** How a round trip is found. The same answer each time, and the same for both directions. */
  public interface Measure {
    /** In microseconds, at least 1 for two POPs; not asked for a POP and itself. */
    int micros(int a, int b);
  }

  public RoundTrips(int pops, Measure measure) {
    this.pops = pops;
    this.measure = measure;
    this.table = pops > TABLE_POPS_MAX ? new int[0] : new int[pops * pops];
    if (table.length > 0) {
      for (int a = 0; a < pops; a++) {
        for (int b = a + 1; b < pops; b++) {
          table[a * pops + b] = measure.micros(a, b);
          table[b * pops + a] = table[a * pops + b];
        }
      }
    }
  }

  public int pops() {
    return pops;
  }

  /** 0 for a POP and itself. */
  public int micros(int a, int b) {
    if (a == b) {
      return 0;
    }
    return table.length > 0 ? table[a * pops + b] : measure.micros(Math.min(a, b), Math.max(a, b));
  }

  public int oneWayMicros(int a, int b) {
    return micros(a, b) / 2;
  }

  /** Whether {@link #metricClosure} can be had in a moment. */
  public boolean isClosable() {
    return pops <= TABLE_POPS_MAX / 2;
  }

  /**
   * The shortest way through other POPs, for each pair: what the bounds on moving rest on, since
   * measured round trips break the triangle inequality now and then (Floyd 1962, Warshall 1962).
   */
  public RoundTrips metricClosure() {
    int[] shortest = table.clone();
    for (int k = 0; k < pops; k++) {
      for (int a = 0; a < pops; a++) {
        int first = shortest[a * pops + k];
        for (int b = 0; b < pops; b++) {
          int through = first + shortest[k * pops + b];
          if (through < shortest[a * pops + b]) {
            shortest[a * pops + b] = through;
          }
        }
      }
    }
    return new RoundTrips(pops, (a, b) -> shortest[a * pops + b]);
  }
}
