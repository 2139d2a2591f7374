package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int THREADS = 4;
  private static final int PIECES = 50_000;

  private final Turns turns = new Turns();

  /** Guarded by nothing but the turns: a lost update would show. */
  private long sum;

  @Test
  void shouldRunOnTheCallersThreadWhenNobodyIsInThere() {
    List<Thread> ran = new ArrayList<>();

    turns.run(() -> ran.add(Thread.currentThread()));

    assertThat(ran).containsExactly(Thread.currentThread());
  }

  @Test
  void shouldRunWhatIsBroughtFromWithinAfterWhatIsUnderWay() {
    List<String> order = new ArrayList<>();

    turns.run(
        () -> {
          turns.run(() -> order.add("brought from within"));
          order.add("under way");
        });

    assertThat(order).containsExactly("under way", "brought from within");
  }

  @Test
  void shouldLetOneThreadInAtATimeAndForgetNothing() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                together.countDown();
                for (int piece = 0; piece < PIECES; piece++) {
                  turns.run(() -> sum++);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    // Whoever was in there last has left, so this sees all that was run.
    List<Long> seen = new ArrayList<>();
    turns.run(() -> seen.add(sum));
    assertThat(seen).containsExactly((long) THREADS * PIECES);
  }
}
