package dev.sojourn.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboundSequenceTest {
  private final InboundSequence sequence = new InboundSequence();

  @Test
  void shouldTakeEachNumberOnceEvenOutOfOrder() {
    assertThat(sequence.accept(1)).isTrue();
    assertThat(sequence.accept(4)).isTrue();
    assertThat(sequence.accept(2)).isTrue();
    assertThat(sequence.accept(2)).isFalse();
    assertThat(sequence.accept(4)).isFalse();
    assertThat(sequence.accept(3)).isTrue();
  }

  @Test
  void shouldTakeNothingOfAClosedStream() {
    sequence.close();
    assertThat(sequence.accept(1)).isFalse();
  }

  @Test
  void shouldTakeNoNumberBelowTheFirst() {
    assertThat(sequence.accept(0)).isFalse();
    assertThat(sequence.accept(-1)).isFalse();
  }

  @Test
  void shouldRatherDropANumberFarBehindThanTakeItTwice() {
    assertThat(sequence.accept(5_000)).isTrue();
    assertThat(sequence.accept(5_000 - InboundSequence.REORDER_MAX)).isFalse();
    assertThat(sequence.accept(5_001 - InboundSequence.REORDER_MAX)).isTrue();
  }

  @Test
  void shouldTakeTheGreatestNumberThereIs() {
    assertThat(sequence.accept(1)).isTrue();
    assertThat(sequence.accept(Long.MAX_VALUE)).isTrue();
    assertThat(sequence.accept(Long.MAX_VALUE)).isFalse();
    assertThat(sequence.accept(2)).isFalse();
  }

  @Test
  void shouldTakeNoNumberTwiceWhateverTheOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Set<Long> taken = new HashSet<>();
    long around = 1;
    for (int i = 0; i < 100_000; i++) {
      around += random.nextInt(100) == 0 ? random.nextInt(3_000) : random.nextInt(3);
      long seq = Math.max(1, around - random.nextInt(2 * InboundSequence.REORDER_MAX));
      boolean isNew = !taken.contains(seq);
      if (sequence.accept(seq)) {
        assertThat(isNew).as("seed %d, number %d", seed, seq).isTrue();
        taken.add(seq);
      }
    }
  }
}
