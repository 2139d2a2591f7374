package dev.sojourn.sim.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.sim.chance.Draws;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many events the bare queue makes happen, each of which plans the next: what a simulated
 * request is held against in docs/simulator.md. Prints it, in processor time.
 */
@Tag("soak")
class QueueRateTest {
  /** As many as wait in the middle of a run of the scenario `large`. */
  private static final int WAITING = 8_192;

  private static final int EVENTS = 20_000_000;

  private final EventHeap heap = new EventHeap();
  private final Draws draws = new Draws(1, 1);
  private long happened;
  private long nowMicros;
  private boolean wentBack;

  private void plan() {
    long at = nowMicros + draws.below(30_000_000L);
    heap.add(at, () -> happen(at));
  }

  private void happen(long atMicros) {
    wentBack |= atMicros < nowMicros;
    nowMicros = atMicros;
    happened++;
    plan();
  }

  private long play(int events) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < events; i++) {
      heap.poll().run();
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  @Test
  void shouldMakeEventsHappenInOrderAndTellHowFast() {
    for (int i = 0; i < WAITING; i++) {
      plan();
    }
    play(EVENTS / 4);
    long nanos = play(EVENTS);
    System.out.printf(
        Locale.ROOT, "bare event queue: %,.0f events a second%n", EVENTS / (nanos / 1e9));

    assertThat(happened).isEqualTo(EVENTS + EVENTS / 4);
    assertThat(wentBack).isFalse();
  }
}
