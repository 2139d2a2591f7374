package dev.sojourn.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The two ends of a session's life: the idle one may be a tenth late, the absolute one never. */
class LifetimeTest {
  private static final Lifetime LIFETIME = Lifetime.startingAt(1_000, 600, 900);

  @Test
  void shouldEndAtItsAbsoluteEndToTheMillisecondHoweverMuchItIsUsed() {
    Lifetime used = LIFETIME.touchedAt(1_500).touchedAt(1_899);

    assertThat(used.isOver(1_899)).isFalse();
    assertThat(used.isOver(1_900)).isTrue();
  }

  @Test
  void shouldLiveATenthLongerThanItsIdleLifetimeAndNotLess() {
    assertThat(LIFETIME.isOver(1_659)).isFalse();
    assertThat(LIFETIME.isOver(1_660)).isTrue();
  }

  @Test
  void shouldMoveBothEndsToTheClockOfAnotherPop() {
    Lifetime moved = LIFETIME.shifted(-400);

    assertThat(moved.isOver(1_259)).isFalse();
    assertThat(moved.isOver(1_260)).isTrue();
    assertThat(moved.touchedAt(1_300).isOver(1_500)).isTrue();
  }
}
