package dev.sojourn.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.value.PopId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PopCodeTest {
  @Test
  void shouldGiveEachPopBackFromItsNumber() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      PopId pop = HintSamples.randomPop(random);
      assertThat(PopCode.toPop(PopCode.of(pop))).as("seed %d", seed).isEqualTo(pop);
    }
  }

  @Test
  void shouldStayBelowTheSignBitForTheGreatestId() {
    assertThat(PopCode.of(new PopId("z-----------"))).isPositive();
  }

  @Test
  void shouldRefuseNumbersThatAreNoPop() {
    for (long code : new long[] {0, -1, 27, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> PopCode.toPop(code)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
