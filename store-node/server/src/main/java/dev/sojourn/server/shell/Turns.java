package dev.sojourn.server.shell;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one thread in at a time: what a thread brings is run by itself if nobody is in there, and
 * otherwise by whoever is. Waking another thread costs more than the work behind it, and so a
 * request is best run by the thread that read it.
 *
 * <p>Everything run here sees all that was run before. What is brought from within is run after
 * what is under way. Thread-safe.
 */
final class Turns {
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** How many pieces of work are under way or wait. */
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * Runs {@code work} now or soon, on this thread or another.
   *
   * @param work must not throw: nobody could be told
   */
  void run(Runnable work) {
    if (pending.compareAndSet(0, 1)) {
      work.run();
    } else {
      waiting.add(work);
      if (pending.getAndIncrement() != 0) {
        return;
      }
      runNext();
    }
    while (pending.decrementAndGet() != 0) {
      runNext();
    }
  }

  private void runNext() {
    Runnable next = waiting.poll();
    if (next == null) {
      throw new IllegalStateException("counted more work than there is");
    }
    next.run();
  }
}
