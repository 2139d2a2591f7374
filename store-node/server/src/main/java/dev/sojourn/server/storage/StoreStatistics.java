package dev.sojourn.server.storage;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a store does since it was opened. Thread-safe; each figure is read on its own. */
public final class StoreStatistics implements StoreListener {
  private final LongAdder batches = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder syncNanos = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAccumulator syncNanosMax = new LongAccumulator(Math::max, 0);
  private final LongAccumulator batchCommitsMax = new LongAccumulator(Math::max, 0);

  @Override
  public void batchWritten(Batch batch) {
    batches.increment();
    commits.add(batch.commits());
    records.add(batch.records());
    bytes.add(batch.bytes());
    batchCommitsMax.accumulate(batch.commits());
    if (batch.synced()) {
      syncs.increment();
      syncNanos.add(batch.tookNanos());
      syncNanosMax.accumulate(batch.tookNanos());
    }
  }

  @Override
  public void recordLoaded(boolean found, long tookNanos) {
    loads.increment();
    loadNanos.add(tookNanos);
  }

  public long batches() {
    return batches.sum();
  }

  public long syncs() {
    return syncs.sum();
  }

  public long commits() {
    return commits.sum();
  }

  public long records() {
    return records.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /** Time spent in batches that ended with a sync, all together. */
  public long syncNanos() {
    return syncNanos.sum();
  }

  public long syncNanosMax() {
    return syncNanosMax.get();
  }

  /** The most commits that shared one batch. */
  public long batchCommitsMax() {
    return batchCommitsMax.get();
  }

  public long loads() {
    return loads.sum();
  }

  public long loadNanos() {
    return loadNanos.sum();
  }
}
