package dev.sojourn.server.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a lane's listener was told, in order; a test can wait for it. */
public final class LaneLog implements CommitListener {
  private static final long PATIENCE_MILLIS = 60_000;

  private final List<Long> committed = new ArrayList<>();
  private @Nullable StorageException failure;

  @Override
  public synchronized void committed(long throughSeq) {
    if (failure != null) {
      throw new AssertionError("committed " + throughSeq + " after it failed");
    }
    committed.add(throughSeq);
    notifyAll();
  }

  @Override
  public synchronized void failed(StorageException cause) {
    if (failure != null) {
      throw new AssertionError("failed twice");
    }
    failure = cause;
    notifyAll();
  }

  /** Waits until this commit is named, directly or by a later one. */
  public synchronized void awaitCommitted(long seq) {
    await(() -> failure != null || lastCommitted() >= seq, "commit " + seq);
    if (failure != null) {
      throw new AssertionError("the lane failed before commit " + seq, failure);
    }
  }

  public synchronized StorageException awaitFailure() {
    await(() -> failure != null, "a failure");
    StorageException failed = failure;
    if (failed == null) {
      throw new AssertionError("no failure");
    }
    return failed;
  }

  public synchronized List<Long> committed() {
    return List.copyOf(committed);
  }

  public synchronized boolean hasFailed() {
    return failure != null;
  }

  private long lastCommitted() {
    return committed.isEmpty() ? Long.MIN_VALUE : committed.get(committed.size() - 1);
  }

  private synchronized void await(BooleanSupplier condition, String what) {
    long giveUpMillis = System.currentTimeMillis() + PATIENCE_MILLIS;
    try {
      while (!condition.getAsBoolean()) {
        long leftMillis = giveUpMillis - System.currentTimeMillis();
        if (leftMillis <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        wait(leftMillis);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
