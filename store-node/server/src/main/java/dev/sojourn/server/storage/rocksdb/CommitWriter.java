package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.SpaceWatch;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes everything queued, writes it as one batch with at most one
 * sync, and tells the lanes. What asked for no sync gets one after a set time, if none came along
 * before. Measured against a thread for the sync of its own, and against callers that sync for
 * themselves, this is the fastest of the three.
 */
final class CommitWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CommitWriter.class);

  /** Above this a batch delays those who wait for it more than another sync would. */
  private static final long BATCH_BYTES_MAX = 4L << 20;

  private final WorkQueue queue = new WorkQueue();
  private final List<RocksLane> lanes = new ArrayList<>();
  private final Database database;
  private final SyncedMark mark;
  private final DueIndex due;
  private final LedgerTable ledger;
  private final SpaceWatch space;
  private final StoreListener listener;
  private final RocksErrors errors;
  private final Thread thread;
  private volatile @Nullable StorageException failure;
  private volatile long durablePosition;
  private final long syncNanosMax;
  private boolean hasUnsynced;
  private long unsyncedSinceNanos;

  CommitWriter(
      RocksStoreOptions options,
      Database database,
      SyncedMark mark,
      DueIndex due,
      SpaceWatch space,
      StoreListener listener,
      LedgerTable ledger) {
    this.ledger = ledger;
    this.database = database;
    this.mark = mark;
    this.due = due;
    this.space = space;
    this.listener = listener;
    this.errors = new RocksErrors(options.directory());
    this.syncNanosMax = TimeUnit.MILLISECONDS.toNanos(options.syncMillisMax());
    this.durablePosition = database.latestSequenceNumber();
    this.thread = new Thread(this::run, "sojourn-store-writer");
  }

  void start() {
    thread.start();
  }

  RocksLane openLane(CommitListener commitListener) {
    RocksLane lane = new RocksLane(queue, due, commitListener);
    synchronized (lanes) {
      lanes.add(lane);
    }
    return lane;
  }

  void collect(long throughMillis) {
    queue.offer(new Work.Collection(throughMillis));
  }

  int queueDepth() {
    return queue.depth();
  }

  long durablePosition() {
    return durablePosition;
  }

  /** Why nothing works any more, or null. */
  @Nullable StorageException failure() {
    return failure;
  }

  /** Writes and syncs what is queued, answers it, and ends the thread. */
  void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The database must not be closed below a thread that writes: remember it and wait on.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (CommitBatch batch = new CommitBatch(database, due, ledger)) {
      while (!queue.isOver()) {
        List<Work> work = queue.take(BATCH_BYTES_MAX, untilSyncNanos());
        if (!work.isEmpty()) {
          process(work, batch);
        }
        if (untilSyncNanos() <= 0) {
          syncTheRest();
        }
      }
      syncTheRest();
    } finally {
      closeMark();
    }
    for (Work work : queue.terminate()) {
      if (work instanceof Work.Submission late) {
        late.lane().failed(new StorageException.Closed());
      }
    }
  }

  private void closeMark() {
    try {
      mark.close();
    } catch (IOException e) {
      LOG.warn("the mark of the last sync was not closed: {}", e.getMessage());
    }
  }

  private void process(List<Work> work, CommitBatch batch) {
    StorageException failed = failure;
    if (failed != null) {
      refuse(work, failed);
      return;
    }
    try {
      long startNanos = System.nanoTime();
      for (Work each : work) {
        if (each instanceof Work.Submission commit) {
          batch.add(commit);
        } else if (each instanceof Work.Collection collection) {
          batch.add(collection);
        }
      }
      batch.write();
      if (!batch.isSynced() && !hasUnsynced) {
        unsyncedSinceNanos = startNanos;
      }
      hasUnsynced = !batch.isSynced();
      if (batch.isSynced()) {
        isDurable(database.latestSequenceNumber());
      }
      tell(batch, System.nanoTime() - startNanos);
      batch.clear();
    } catch (StorageException e) {
      fail(e);
    } catch (RocksDBException e) {
      fail(errors.running(e));
    } catch (IOException e) {
      fail(errors.running(e));
    } catch (RuntimeException | Error e) {
      // Were the thread to end here, the store would be closed as if all had been written.
      fail(new StorageException.Io("the store's writer is at fault: " + e, e));
    }
  }

  private void tell(CommitBatch batch, long tookNanos) {
    for (Map.Entry<RocksLane, Long> lane : batch.throughSeq().entrySet()) {
      safely(() -> lane.getKey().committed(lane.getValue()));
    }
    if (batch.commits() > 0) {
      StoreListener.Batch written =
          new StoreListener.Batch(
              batch.commits(), batch.records(), batch.sizeBytes(), batch.isSynced(), tookNanos);
      safely(() -> listener.batchWritten(written));
      safely(space::check);
    }
  }

  /** What is on disk is in doubt from here on: nobody is answered with anything but this. */
  private void fail(StorageException cause) {
    failure = cause;
    LOG.error("the store has failed and takes nothing any more: {}", cause.getMessage());
    List<RocksLane> all;
    synchronized (lanes) {
      all = List.copyOf(lanes);
    }
    for (RocksLane lane : all) {
      safely(() -> lane.failed(cause));
    }
    safely(() -> listener.failed(cause));
  }

  /** For lanes that were opened after the failure; the others have heard of it. */
  private void refuse(List<Work> work, StorageException cause) {
    for (Work each : work) {
      if (each instanceof Work.Submission commit) {
        safely(() -> commit.lane().failed(cause));
      }
    }
  }

  /** Until what was written lazily must be synced; for ever where nothing was. */
  private long untilSyncNanos() {
    return hasUnsynced && failure == null
        ? unsyncedSinceNanos + syncNanosMax - System.nanoTime()
        : Long.MAX_VALUE;
  }

  private void syncTheRest() {
    if (failure != null || !hasUnsynced) {
      return;
    }
    try {
      long written = database.latestSequenceNumber();
      database.syncLog();
      hasUnsynced = false;
      isDurable(written);
      mark.sync();
    } catch (RocksDBException e) {
      fail(errors.running(e));
    } catch (IOException e) {
      fail(errors.running(e));
    }
  }

  private void isDurable(long position) throws IOException {
    mark.raise(position);
    durablePosition = position;
  }

  /**
   * A listener's fault is its own: it must not stop the writer, nor keep others from their word.
   */
  private static void safely(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      LOG.error("a listener of the store failed", e);
    }
  }
}
