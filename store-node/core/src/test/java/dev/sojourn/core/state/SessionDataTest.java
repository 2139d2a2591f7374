package dev.sojourn.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import org.junit.jupiter.api.Test;

class SessionDataTest {
  private static final PopId BOS = new PopId("bos");

  private static SessionData data() {
    WindowEntry entry =
        new WindowEntry(
            new RequestId(Bytes.wrap(new byte[16])),
            Bytes.EMPTY,
            1,
            1,
            5_000,
            100,
            ImmutableList.of());
    return new SessionData(
        new SessionKey(new Namespace("shop"), new SessionId(BOS, Bytes.wrap(new byte[16]))),
        1,
        1,
        ImmutableSortedMap.of(),
        new RequestWindow(ImmutableList.of(entry), 0),
        Lifetime.startingAt(100, 600, 900),
        Country.UNKNOWN,
        "",
        2,
        ImmutableList.of(new Break(new Epoch(2, BOS), 1, 7_000)),
        Bytes.EMPTY);
  }

  @Test
  void shouldTakeEveryInstantButAHintsToTheClockOfAnotherPop() {
    SessionData moved = data().shifted(-3_000);

    assertThat(moved.breaks().get(0).expiresAtMillis()).isEqualTo(4_000);
    assertThat(moved.window().entries().get(0).appliedAtMillis()).isEqualTo(-2_900);
    assertThat(moved.lifetime().absoluteEndsAtMillis()).isEqualTo(-2_000);
    assertThat(moved.window().entries().get(0).hintExpiresAtMillis())
        .as("the one instant that all POPs share")
        .isEqualTo(5_000);
    assertThat(moved.shifted(3_000)).isEqualTo(data());
  }
}
