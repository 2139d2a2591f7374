package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read: a few for records, since a disk answers several reads at a time faster
 * than one after the other, one for scans of everything, and one for rewriting everything, which
 * scans must not wait for. Idle ones end.
 */
final class ReaderPool {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);

  private final ThreadPoolExecutor readers;
  private final ExecutorService scanner;
  private final ExecutorService rewriter;
  private final RocksErrors errors;
  private final Supplier<@Nullable StorageException> failure;
  private volatile boolean closing;

  /**
   * @param failure why nothing is to be read any more, or null
   */
  ReaderPool(int threads, RocksErrors errors, Supplier<@Nullable StorageException> failure) {
    this.errors = errors;
    this.failure = failure;
    AtomicInteger number = new AtomicInteger();
    readers =
        pool(threads, task -> daemon(task, "sojourn-store-reader-" + number.incrementAndGet()));
    scanner = pool(1, task -> daemon(task, "sojourn-store-scanner"));
    rewriter = pool(1, task -> daemon(task, "sojourn-store-rewriter"));
  }

  /** Something that is read from the database. */
  interface Reading<T> {
    T read() throws StorageException, RocksDBException;
  }

  <T> void read(Reading<T> reading, StoreCallback<T> callback) {
    run(readers, reading, callback);
  }

  /** For what takes long: it should ask {@link #isClosing} now and then. */
  <T> void scan(Reading<T> reading, StoreCallback<T> callback) {
    run(scanner, reading, callback);
  }

  /** For what takes longer still, and cannot ask: whoever closes must have seen to its end. */
  <T> void rewrite(Reading<T> rewriting, StoreCallback<T> callback) {
    run(rewriter, rewriting, callback);
  }

  boolean isClosing() {
    return closing;
  }

  /** Answers everything that was asked for, then ends the threads. */
  void close() {
    closing = true;
    readers.shutdown();
    // A visitor may be waiting for something of its own.
    scanner.shutdownNow().forEach(Runnable::run);
    rewriter.shutdown();
    awaitEnd(readers);
    awaitEnd(scanner);
    awaitEnd(rewriter);
  }

  private <T> void run(ExecutorService executor, Reading<T> reading, StoreCallback<T> callback) {
    try {
      executor.execute(() -> answer(reading, callback));
    } catch (RejectedExecutionException e) {
      callback.failed(new StorageException.Closed());
    }
  }

  private <T> void answer(Reading<T> reading, StoreCallback<T> callback) {
    T answer;
    try {
      StorageException failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      answer = reading.read();
    } catch (StorageException e) {
      safely(() -> callback.failed(e));
      return;
    } catch (RocksDBException e) {
      safely(() -> callback.failed(errors.running(e)));
      return;
    } catch (RuntimeException e) {
      safely(() -> callback.failed(new StorageException.Io("a reader is at fault: " + e, e)));
      return;
    }
    safely(() -> callback.completed(answer));
  }

  private static void safely(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      LOG.error("a callback of the store failed", e);
    }
  }

  /** However long it takes: closing the database below a reader would end the process. */
  private static void awaitEnd(ExecutorService executor) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadPoolExecutor pool(int threads, ThreadFactory factory) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
