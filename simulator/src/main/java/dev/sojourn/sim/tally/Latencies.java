package dev.sojourn.sim.tally;

/**
 * How often which latency was seen, in microseconds. 64 steps for each doubling, so a value read
 * from it is at most 1.6 % too high (the layout is that of HdrHistogram). Not thread-safe.
 */
public final class Latencies {
  private static final int STEPS_BITS = 6;
  private static final int STEPS = 1 << STEPS_BITS;
  private static final int CELLS = STEPS * 40;

  private final long[] counts = new long[CELLS];
  private long count;

  public void add(long micros) {
    counts[cell(micros)]++;
    count++;
  }

  public void add(Latencies other) {
    for (int i = 0; i < CELLS; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
  }

  public long count() {
    return count;
  }

  /** The value that this share of all is at most at, in microseconds; 0 if there is none. */
  public long quantile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += counts[i];
      if (sum >= wanted && counts[i] > 0) {
        return upperMicros(i);
      }
    }
    return 0;
  }

  /** The share of all that took at most so long. */
  public double shareUpTo(long micros) {
    long sum = 0;
    for (int i = 0; i <= cell(micros); i++) {
      sum += counts[i];
    }
    return count == 0 ? 0 : (double) sum / count;
  }

  private static int cell(long micros) {
    if (micros < STEPS) {
      return (int) Math.max(0, micros);
    }
    int doublings = 63 - Long.numberOfLeadingZeros(micros) - STEPS_BITS;
    long step = micros >>> doublings;
    return (int) Math.min(CELLS - 1, (doublings + 1L) * STEPS + (step - STEPS));
  }

  private static long upperMicros(int cell) {
    if (cell < STEPS) {
      return cell;
    }
    int doublings = cell / STEPS - 1;
    long step = STEPS + cell % STEPS;
    return ((step + 1) << doublings) - 1;
  }
}
