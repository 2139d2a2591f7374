package dev.sojourn.sim.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventHeapTest {
  private record Planned(long atMicros, int number) {}

  @Test
  void shouldKeepTheOrderOfTimeAndThenOfPlanning() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      EventHeap heap = new EventHeap();
      PriorityQueue<Planned> slow =
          new PriorityQueue<>(
              Comparator.comparingLong(Planned::atMicros).thenComparingInt(Planned::number));
      List<Integer> happened = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        int number = i;
        long at = random.nextInt(100);
        heap.add(at, () -> happened.add(number));
        slow.add(new Planned(at, number));
        while (random.nextInt(3) == 0 && !slow.isEmpty()) {
          assertThat(heap.nextMicros()).as("seed %d", seed).isEqualTo(slow.element().atMicros());
          heap.poll().run();
          expected.add(slow.remove().number());
        }
      }
      while (!slow.isEmpty()) {
        heap.poll().run();
        expected.add(slow.remove().number());
      }

      assertThat(happened).as("seed %d", seed).isEqualTo(expected);
      assertThat(heap.isEmpty()).isTrue();
    }
  }
}
