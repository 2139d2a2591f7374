package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId FRA = new PopId("fra");
  private static final Bytes SECOND = Bytes.fromHex("02");
  private static final Bytes THIRD = Bytes.fromHex("03");

  private final Settling settling = new Settling();

  @Test
  void shouldBeginOnceWithEachPeer() {
    settling.seen(BOS, SECOND);

    assertThat(settling.begin(BOS)).isTrue();
    assertThat(settling.begin(BOS)).isFalse();
    assertThat(settling.begin(FRA)).isTrue();
  }

  @Test
  void shouldNameTheStoreThatAPeerHasByTheTimeItIsSettledWith() {
    settling.seen(BOS, SECOND);
    settling.begin(BOS);
    settling.seen(BOS, THIRD);

    assertThat(settling.end(BOS, SECOND)).isEqualTo(THIRD);
    assertThat(settling.begin(BOS)).isTrue();
    assertThat(settling.end(BOS, THIRD)).isEqualTo(THIRD);
  }
}
