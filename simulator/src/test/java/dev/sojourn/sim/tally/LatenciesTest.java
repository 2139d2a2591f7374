package dev.sojourn.sim.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void shouldGiveQuantilesThatAreAtMostAFewPerCentTooHigh() {
    SplittableRandom random = new SplittableRandom(4);
    Latencies latencies = new Latencies();
    long[] all = new long[20_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (long) Math.pow(10, random.nextDouble() * 6);
      latencies.add(all[i]);
    }
    Arrays.sort(all);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = all[(int) Math.ceil(share * all.length) - 1];

      assertThat(latencies.quantile(share)).isBetween(exact, exact + exact / 60 + 1);
    }
  }

  @Test
  void shouldCountTheSameInPartsAndAtOnce() {
    Latencies whole = new Latencies();
    Latencies left = new Latencies();
    Latencies right = new Latencies();
    for (int micros = 1; micros < 5_000; micros += 7) {
      whole.add(micros);
      (micros % 2 == 0 ? left : right).add(micros);
    }
    left.add(right);

    assertThat(left.count()).isEqualTo(whole.count());
    assertThat(left.quantile(0.37)).isEqualTo(whole.quantile(0.37));
    assertThat(left.shareUpTo(2_500)).isEqualTo(0.5, within(0.02));
  }
}
