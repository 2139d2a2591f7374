package dev.sojourn.cli.demo.net;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of one connection: bytes go in at one end, and come out in order, each chunk a set
 * time after it went in. Many chunks are under way at once, as on a real line. One thread puts and
 * one takes; any thread may hold, release or close.
 *
 * <p>The line holds a bounded number of bytes, since a sender that is faster than the receiver must
 * be slowed down and not buffered without end. The bound is far above what a session store sends in
 * one delay, so it is never met in the demo.
 */
final class DelayLine {
  static final long BYTES_MAX = 16L << 20;

  /**
   * A parked thread wakes up to some tens of microseconds late, so the last stretch is spun. It is
   * short because the machine has few cores, and the nodes need them.
   */
  private static final long SPIN_NANOS = 120_000;

  private final Queue<Chunk> chunks = new ArrayDeque<>();
  private long queuedBytes;
  private long lastDueNanos = Long.MIN_VALUE;
  private boolean held;
  private boolean closed;

  /** Bytes and the instant of {@link System#nanoTime} from which they may come out. */
  record Chunk(byte[] bytes, long dueNanos) {
    /** The sender has closed its end: as with TCP, everything sent before arrives first. */
    boolean isEnd() {
      return bytes.length == 0;
    }
  }

  /**
   * Waits while the line is full. What is put into a closed line is lost.
   *
   * @param arrivedNanos when the bytes went in, by {@link System#nanoTime}
   */
  synchronized void put(byte[] bytes, long arrivedNanos, long delayNanos)
      throws InterruptedException {
    while (queuedBytes >= BYTES_MAX && !closed) {
      wait();
    }
    if (closed) {
      return;
    }
    // A delay that was made shorter meanwhile must not let later bytes overtake earlier ones.
    long due = arrivedNanos + delayNanos;
    if (lastDueNanos != Long.MIN_VALUE && due - lastDueNanos < 0) {
      due = lastDueNanos;
    }
    lastDueNanos = due;
    queuedBytes += bytes.length;
    chunks.add(new Chunk(bytes, due));
    notifyAll();
  }

  /**
   * The next chunk, once it is due and the line is not held.
   *
   * @throws InterruptedException if the line was closed or the thread interrupted
   */
  Chunk take() throws InterruptedException {
    awaitDue(head().dueNanos());
    synchronized (this) {
      // Holding a line also holds what fell due in the meantime.
      while (held && !closed) {
        wait();
      }
      if (closed) {
        throw new InterruptedException("the line was closed");
      }
      Chunk chunk = chunks.remove();
      queuedBytes -= chunk.bytes().length;
      notifyAll();
      return chunk;
    }
  }

  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  synchronized long bytesUnderWay() {
    return queuedBytes;
  }

  /** Loses everything that is under way. */
  synchronized void close() {
    closed = true;
    chunks.clear();
    queuedBytes = 0;
    notifyAll();
  }

  private synchronized Chunk head() throws InterruptedException {
    while (!closed) {
      Chunk head = chunks.peek();
      if (head != null) {
        return head;
      }
      wait();
    }
    throw new InterruptedException("the line was closed");
  }

  private static void awaitDue(long dueNanos) throws InterruptedException {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
