package dev.sojourn.server.rpc.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a node takes on at once, over all connections. What is beyond that is refused with a
 * typed error rather than queued without bound. Thread-safe.
 */
final class Admission {
  private final int callsMax;
  private final long bytesMax;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Admission(int callsMax, long bytesMax) {
    this.callsMax = callsMax;
    this.bytesMax = bytesMax;
  }

  /**
   * Takes a call in, unless there are too many. One that was taken in must {@link #leave} with the
   * same size once its answer is out of the node's hands.
   */
  boolean enter(int size) {
    int callsNow = calls.incrementAndGet();
    long bytesNow = bytes.addAndGet(size);
    boolean fits = callsNow <= callsMax && bytesNow <= bytesMax;
    if (!fits) {
      leave(size);
    }
    return fits;
  }

  /** Counts the answer of a call that was taken in, for as long as it waits to be written. */
  void grow(int size) {
    bytes.addAndGet(size);
  }

  void leave(int size) {
    calls.decrementAndGet();
    bytes.addAndGet(-size);
  }

  int calls() {
    return calls.get();
  }
}
