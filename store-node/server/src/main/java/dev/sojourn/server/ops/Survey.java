package dev.sojourn.server.ops;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import dev.sojourn.server.shell.RecordScan;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the sessions of a store by state. Exact counts kept at each write would have to read what
 * they replace, so the store is walked instead, in the background and seldom enough to take a small
 * share of the time. Of a large store only every n-th record is read: names are keyed hashes, so
 * any of them stand for all.
 */
public final class Survey {
  private static final int RECORDS_READ_ABOUT = 50_000;
  private static final long PAUSE_MILLIS_MIN = 10_000;
  private static final int PAUSE_TIMES_DURATION = 50;

  private final RecordScan scan;
  private final ScheduledExecutorService ticks;
  private volatile Result latest = Result.NONE;
  private volatile boolean stopped;

  /**
   * What one survey found.
   *
   * @param byState sessions in each state, by the state's name; all zero before the first survey
   * @param payloads records that hold a session's fields
   * @param sampleOf one in so many records was read
   */
  public record Result(ImmutableMap<String, Long> byState, long payloads, long sampleOf) {
    static final Result NONE = of(ImmutableMultiset.of(), 0, 1);

    private static Result of(Multiset<StateName> counts, long payloads, long sampleOf) {
      ImmutableMap.Builder<String, Long> all = ImmutableMap.builder();
      for (StateName state : StateName.values()) {
        all.put(state.label(), counts.count(state) * sampleOf);
      }
      return new Result(all.buildOrThrow(), payloads * sampleOf, sampleOf);
    }
  }

  public Survey(RecordScan scan, ScheduledExecutorService ticks) {
    this.scan = scan;
    this.ticks = ticks;
  }

  /** Begins, with all records read until it is known how many there are. */
  public void start() {
    walk(1);
  }

  public void stop() {
    stopped = true;
  }

  public Result latest() {
    return latest;
  }

  private void walk(long sampleOf) {
    long beganNanos = System.nanoTime();
    AtomicLong seen = new AtomicLong();
    AtomicLong payloads = new AtomicLong();
    Multiset<StateName> counts = ConcurrentHashMultiset.create();
    scan.run(
            key -> seen.getAndIncrement() % sampleOf == 0,
            (key, record) -> {
              counts.add(StateName.of(record.state()));
              payloads.addAndGet(record.state().payload().isPresent() ? 1 : 0);
            },
            // Too many for one in so few: finish early, and begin again with a wider step.
            () -> !stopped && seen.get() / sampleOf <= 2L * RECORDS_READ_ABOUT)
        .whenComplete(
            (keys, failure) -> {
              boolean isWhole = failure == null && seen.get() / sampleOf <= 2L * RECORDS_READ_ABOUT;
              if (isWhole) {
                latest = Result.of(counts, payloads.get(), sampleOf);
              }
              long nextSample = isWhole ? 1 + seen.get() / (2L * RECORDS_READ_ABOUT) : sampleOf * 8;
              long tookMillis = (System.nanoTime() - beganNanos) / 1_000_000;
              again(nextSample, Math.max(PAUSE_MILLIS_MIN, PAUSE_TIMES_DURATION * tookMillis));
            });
  }

  private void again(long sampleOf, long pauseMillis) {
    if (!stopped && !ticks.isShutdown()) {
      ticks.schedule(() -> walk(sampleOf), pauseMillis, TimeUnit.MILLISECONDS);
    }
  }
}
