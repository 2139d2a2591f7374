package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A touch is a use like any other, and nothing else. */
class TouchTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "a");
  private static final long TEN_MINUTES_MILLIS = 600_000;

  @Test
  void shouldExtendTheLifetimeWithoutANewVersion() {
    LonePop pop = new LonePop("a");
    SessionData before = Say.data("a", 1, pop.now);
    pop.starts(KEY, Say.record("a", new Owned(FIRST, before)));
    Hint hint = Say.hint("a", 1, "a", FIRST, Optional.empty());

    pop.pass(TEN_MINUTES_MILLIS);
    long touched = pop.client(KEY, Say.request(1, hint, new Operation.Touch()));
    pop.sync();

    assertThat(((Outcome.Success) pop.outcome(touched)).version()).isEqualTo(before.version());
    SessionData after = pop.record(KEY).state().payload().orElseThrow();
    assertThat(after.lifetime().endsAtMillis())
        .isEqualTo(before.lifetime().endsAtMillis() + TEN_MINUTES_MILLIS);
  }
}
