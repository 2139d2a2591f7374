package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseQueueTest {
  private final ReleaseQueue queue = new ReleaseQueue();
  private final List<Effect> released = new ArrayList<>();

  @Test
  void shouldHoldBackWhatWaitsForASyncedCommit() {
    submit(1, true);
    wait(1, Step.CREATED);
    assertThat(queue.isDurable(1)).isFalse();
    assertThat(released).isEmpty();

    durable(1);
    assertThat(released).containsExactly(new Effect.Count(Step.CREATED));
    assertThat(queue.isDurable(1)).isTrue();
    assertThat(queue.size()).isZero();
  }

  @Test
  void shouldNotWaitForALazyCommit() {
    submit(1, false);
    assertThat(queue.isDurable(1)).isTrue();
  }

  @Test
  void shouldWaitForTheSyncedCommitBelowALazyOne() {
    submit(1, true);
    submit(2, false);
    assertThat(queue.isDurable(2)).isFalse();
    wait(2, Step.GRANTED);

    durable(1);
    assertThat(released).hasSize(1);
  }

  @Test
  void shouldNotHoldUpWhatWaitsForAnEarlierCommit() {
    submit(1, true);
    submit(2, true);
    wait(2, Step.GRANTED);
    wait(1, Step.CREATED);

    durable(1);
    assertThat(released).containsExactly(new Effect.Count(Step.CREATED));
    durable(2);
    assertThat(released)
        .containsExactly(new Effect.Count(Step.CREATED), new Effect.Count(Step.GRANTED));
  }

  @Test
  void shouldKeepTheOrderOfAddingForOneCommit() {
    submit(1, true);
    wait(1, Step.CREATED);
    wait(1, Step.REPLAYED);
    wait(1, Step.GRANTED);

    durable(1);
    assertThat(released)
        .containsExactly(
            new Effect.Count(Step.CREATED),
            new Effect.Count(Step.REPLAYED),
            new Effect.Count(Step.GRANTED));
  }

  @Test
  void shouldReleaseAWholeBatchThatOneSyncMadeDurable() {
    for (int seq = 1; seq <= 5; seq++) {
      submit(seq, true);
      wait(seq, Step.CREATED);
    }
    assertThat(queue.size()).isEqualTo(5);

    durable(4);
    assertThat(released).hasSize(4);
    assertThat(queue.size()).isEqualTo(1);
  }

  private void submit(long seq, boolean synced) {
    queue.submitted(new Commit(seq, synced, ImmutableList.of()));
  }

  private void wait(long seq, Step step) {
    queue.add(
        new Effects(
            ImmutableList.of(), Optional.empty(), ImmutableList.of(new Effect.Count(step)), seq));
  }

  private void durable(long throughSeq) {
    queue.durable(throughSeq, released::addAll);
  }
}
