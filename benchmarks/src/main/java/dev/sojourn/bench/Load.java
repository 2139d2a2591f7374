package dev.sojourn.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Keeps a fixed number of calls in flight for a while: each answer sends the next call. */
final class Load {
  /** One call; runs {@code done} exactly once, on whatever thread. */
  interface Call {
    void start(int lane, Runnable done);
  }

  private final Call call;
  private final int inFlight;

  Load(Call call, int inFlight) {
    this.call = call;
    this.inFlight = inFlight;
  }

  /** Calls answered a second, over {@code millis}. */
  double run(long millis) throws InterruptedException {
    LongAdder answered = new LongAdder();
    CountDownLatch idle = new CountDownLatch(inFlight);
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
    for (int lane = 0; lane < inFlight; lane++) {
      next(lane, end, answered, idle);
    }
    idle.await();
    return answered.sum() * 1e9 / (System.nanoTime() - start);
  }

  private void next(int lane, long end, LongAdder answered, CountDownLatch idle) {
    call.start(
        lane,
        () -> {
          answered.increment();
          if (System.nanoTime() < end) {
            next(lane, end, answered, idle);
          } else {
            idle.countDown();
          }
        });
  }
}
