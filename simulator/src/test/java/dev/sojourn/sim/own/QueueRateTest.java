package dev.sojourn.sim.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the bare queue could do, to hold a run's rate against. It prints, and asserts no time. */
class QueueRateTest {
  private static final int PENDING = 20_000;
  private static final int EVENTS = 20_000_000;

  private long happened;

  @Tag("soak")
  @Test
  void shouldLetEveryEventHappen() {
    EventHeap heap = new EventHeap();
    SplittableRandom random = new SplittableRandom(1);
    Runnable event = () -> happened++;
    for (int i = 0; i < PENDING; i++) {
      heap.add(random.nextInt(1_000_000), event);
    }
    long started = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      long now = heap.nextMicros();
      heap.poll().run();
      heap.add(now + random.nextInt(1_000_000), event);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf("bare queue: %,.0f events/s, %d pending%n", EVENTS / seconds, PENDING);

    assertThat(happened).isEqualTo(EVENTS);
  }
}
