package dev.sojourn.server.storage.rocksdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands work to the one thread that writes, all that is queued at a time: while a batch is being
 * synced the next one gathers, so that batches are as large as the load makes them, and no timer is
 * needed.
 *
 * <p>Thread-safe. Work offered after {@link #close} is set apart, so that whoever offered it is
 * told of the end only after all that came before is done.
 */
final class WorkQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Work> queued = new ArrayDeque<>();
  private final List<Work> late = new ArrayList<>();
  private boolean closed;
  private boolean terminated;

  /**
   * @return whether somebody will look at it; false once {@link #terminate} was called
   */
  boolean offer(Work work) {
    lock.lock();
    try {
      if (terminated) {
        return false;
      }
      if (closed) {
        late.add(work);
      } else {
        queued.add(work);
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work and takes all of it, up to about {@code bytesMax} and at least one.
   *
   * @param patienceNanos for how long to wait for it; {@link Long#MAX_VALUE} for ever
   * @return empty when patience was over first, or the queue {@link #isOver}
   */
  List<Work> take(long bytesMax, long patienceNanos) {
    lock.lock();
    try {
      await(patienceNanos);
      List<Work> taken = new ArrayList<>(queued.size());
      long bytes = 0;
      while (!queued.isEmpty() && (taken.isEmpty() || bytes < bytesMax)) {
        Work next = queued.remove();
        bytes += next.sizeBytes();
        taken.add(next);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is closed and nothing is left. */
  boolean isOver() {
    lock.lock();
    try {
      return closed && queued.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The writer's thread belongs to the store: an interrupt of it means nothing. */
  private void await(long patienceNanos) {
    long left = patienceNanos;
    while (queued.isEmpty() && !closed && left > 0) {
      if (patienceNanos == Long.MAX_VALUE) {
        changed.awaitUninterruptibly();
      } else {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  int depth() {
    lock.lock();
    try {
      return queued.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more from now on, and gives what came too late. */
  List<Work> terminate() {
    lock.lock();
    try {
      terminated = true;
      return List.copyOf(late);
    } finally {
      lock.unlock();
    }
  }
}
