package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small request must not have an answer that is larger than any stream takes. */
class ReadLimitTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "a");
  private static final Hint HINT = Say.hint("a", 1, "a", FIRST, Optional.empty());

  private final LonePop pop = new LonePop("a");

  @BeforeEach
  void fill() {
    pop.starts(KEY, Say.record("a", new Owned(FIRST, Say.data("a", 1, pop.now))));
    // Three of these are most of what one session may hold.
    for (int i = 0; i < 3; i++) {
      Field large = new Field(Bytes.wrap(new byte[250_000]), "", Field.DEFAULT_CLASS);
      pop.client(KEY, Say.request(10 + i, HINT, new Operation.Put("large-" + i, large)));
    }
    pop.sync();
  }

  @Test
  void shouldReadAWholeSessionOnce() {
    long token = pop.client(KEY, Say.request(1, HINT, Say.read()));
    assertThat(pop.outcome(token)).isInstanceOf(Outcome.Success.class);
  }

  @Test
  void shouldRefuseToReadALargeSessionSeveralTimesInOneRequest() {
    long token = pop.client(KEY, Say.request(1, HINT, Say.put("n"), Say.read(), Say.read()));
    assertThat(pop.outcome(token))
        .isInstanceOfSatisfying(
            Outcome.Failure.class,
            failure -> {
              assertThat(failure.problem().code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
              assertThat(failure.problem().detail()).contains("reads at most");
            });
    assertThat(pop.record(KEY).state().payload().orElseThrow().fields()).doesNotContainKey("n");
  }
}
