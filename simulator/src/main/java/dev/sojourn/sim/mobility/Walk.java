package dev.sojourn.sim.mobility;

import dev.sojourn.value.Country;
import java.util.Arrays;

/**
 * One user's whereabouts, in the order of time, as POPs; used again for the next user. Not
 * thread-safe.
 */
public final class Walk {
  /** A user who cannot make requests, such as one in the air. */
  public static final int OFFLINE = -1;

  private final double[] longitudes;
  private long[] fromMillis = new long[16];
  private int[] pops = new int[16];
  private int size;
  private Country residency = Country.UNKNOWN;
  private int second = OFFLINE;
  private double secondShare;
  private long busyFromMillis;
  private long busyMillis;
  private double busyShare;

  /**
   * @param longitudes of the POPs
   */
  public Walk(double[] longitudes) {
    this.longitudes = longitudes;
  }

  public void clear() {
    size = 0;
    residency = Country.UNKNOWN;
    second = OFFLINE;
    secondShare = 0;
    busyMillis = 0;
    busyShare = 0;
  }

  public void residentOf(Country country) {
    residency = country;
  }

  /** Where the user is at home. */
  public Country residency() {
    return residency;
  }

  /** From that time on the user is there. */
  public void go(long atMillis, int pop) {
    if (size == pops.length) {
      fromMillis = Arrays.copyOf(fromMillis, 2 * size);
      pops = Arrays.copyOf(pops, 2 * size);
    }
    fromMillis[size] = atMillis;
    pops[size++] = pop;
  }

  /**
   * A share of the requests comes in at another POP at any time.
   *
   * @param asDevice by a second device; otherwise by a route that flips
   */
  public void alsoAt(int pop, double share, boolean asDevice) {
    second = pop;
    secondShare = asDevice ? share : -share;
  }

  /** A share of the user's visits falls into that time. */
  public void busyDuring(long from, long millis, double share) {
    busyFromMillis = from;
    busyMillis = millis;
    busyShare = share;
  }

  public int stops() {
    return size;
  }

  public long stopMillis(int stop) {
    return fromMillis[stop];
  }

  /** Where the user is then; {@link #OFFLINE} if nowhere. */
  public int popAt(long atMillis) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (fromMillis[middle] <= atMillis) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return pops[low];
  }

  /** When the user is next to be reached, from that time on; {@link Long#MAX_VALUE} if never. */
  public long onlineMillis(long atMillis) {
    if (popAt(atMillis) != OFFLINE) {
      return atMillis;
    }
    for (int i = 0; i < size; i++) {
      if (fromMillis[i] > atMillis && pops[i] != OFFLINE) {
        return fromMillis[i];
      }
    }
    return Long.MAX_VALUE;
  }

  double firstLongitude() {
    return pops[0] == OFFLINE ? 0 : longitudes[pops[0]];
  }

  public int second() {
    return second;
  }

  public double secondShare() {
    return Math.abs(secondShare);
  }

  public boolean secondIsDevice() {
    return secondShare > 0;
  }

  long busyFromMillis() {
    return busyFromMillis;
  }

  long busyMillis() {
    return busyMillis;
  }

  double busyShare() {
    return busyShare;
  }
}
