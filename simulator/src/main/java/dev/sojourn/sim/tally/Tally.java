package dev.sojourn.sim.tally;

/** What one strategy did with a set of requests. Not thread-safe. */
public final class Tally {
  /** The run's length in so many parts, for plots over time. */
  public static final int SLICES = 96;

  private final long lengthMillis;
  private final Latencies latencies = new Latencies();
  private final long[] asked = new long[SLICES];
  private final long[] answered = new long[SLICES];
  private final long[] local = new long[SLICES];
  private final long[] bytes = new long[SLICES];
  private long staleReads;
  private long updatesLost;
  private long refusedByPolicy;
  private long restedAmiss;
  private long seenAmiss;
  private long copiesSum;
  private double cost;
  private boolean hasCost;

  public Tally(long lengthMillis) {
    this.lengthMillis = lengthMillis;
  }

  /** In which part of the run that instant lies. */
  public static int slice(long atMillis, long lengthMillis) {
    return (int) Math.max(0, Math.min(SLICES - 1L, atMillis * SLICES / lengthMillis));
  }

  /** A request was answered. */
  public void answered(long atMillis, long micros, boolean isLocal) {
    int slice = slice(atMillis, lengthMillis);
    asked[slice]++;
    answered[slice]++;
    if (isLocal) {
      local[slice]++;
    }
    latencies.add(micros);
  }

  public void failed(long atMillis) {
    asked[slice(atMillis, lengthMillis)]++;
  }

  public void sent(long atMillis, long moreBytes) {
    bytes[slice(atMillis, lengthMillis)] += moreBytes;
  }

  public void staleRead() {
    staleReads++;
  }

  public void lost(int updates) {
    updatesLost += updates;
  }

  /** A request was not answered since the residency policy forbids it. */
  public void refusedByPolicy() {
    refusedByPolicy++;
  }

  /** After a request data rested where the residency policy forbids it. */
  public void restedAmiss() {
    restedAmiss++;
  }

  /** A request was answered, and showed data where the residency policy forbids it. */
  public void seenAmiss() {
    seenAmiss++;
  }

  /** How many POPs stored the session when a request had been served. */
  public void copies(int number) {
    copiesSum += number;
  }

  /** By the model of docs/when-to-move.md, in microseconds of round trips. */
  public void cost(double more) {
    cost += more;
    hasCost = true;
  }

  public void add(Tally other) {
    latencies.add(other.latencies);
    for (int i = 0; i < SLICES; i++) {
      asked[i] += other.asked[i];
      answered[i] += other.answered[i];
      local[i] += other.local[i];
      bytes[i] += other.bytes[i];
    }
    staleReads += other.staleReads;
    updatesLost += other.updatesLost;
    refusedByPolicy += other.refusedByPolicy;
    restedAmiss += other.restedAmiss;
    seenAmiss += other.seenAmiss;
    copiesSum += other.copiesSum;
    cost += other.cost;
    hasCost |= other.hasCost;
  }

  public Latencies latencies() {
    return latencies;
  }

  public long asked() {
    return sum(asked);
  }

  public long answered() {
    return sum(answered);
  }

  public long local() {
    return sum(local);
  }

  public long bytes() {
    return sum(bytes);
  }

  public long asked(int slice) {
    return asked[slice];
  }

  public long answered(int slice) {
    return answered[slice];
  }

  public long local(int slice) {
    return local[slice];
  }

  public long bytes(int slice) {
    return bytes[slice];
  }

  public long staleReads() {
    return staleReads;
  }

  public long updatesLost() {
    return updatesLost;
  }

  public long refusals() {
    return refusedByPolicy;
  }

  /** Requests after which data rested where they may not. */
  public long restsAmiss() {
    return restedAmiss;
  }

  /** Answered requests that showed data where they may not be seen. */
  public long sightsAmiss() {
    return seenAmiss;
  }

  /** How many POPs stored a session, on average over the requests. */
  public double copies() {
    long all = asked();
    return all == 0 ? 0 : (double) copiesSum / all;
  }

  public double cost() {
    return cost;
  }

  /** Whether there was a cost to note, if only of nothing: not where a session has no one place. */
  public boolean hasCost() {
    return hasCost;
  }

  private static long sum(long[] each) {
    long sum = 0;
    for (long one : each) {
      sum += one;
    }
    return sum;
  }
}
