package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeMemoryTest {
  private static final PopId FRA = new PopId("fra");
  private static final PopId NRT = new PopId("nrt");
  private static final Bytes OWN = store(1);

  @Test
  void shouldTrustANewStoreOnlyOnceEveryPeerWasHeardOf() {
    HomeMemory memory = HomeMemory.ofNewStore(OWN).heard(FRA, Set.of(FRA, NRT));
    assertThat(memory.whole()).isFalse();
    assertThat(memory.heard(NRT, Set.of(FRA, NRT)).whole()).isTrue();
  }

  @Test
  void shouldTrustTheStoreOfTheOnlyPop() {
    assertThat(HomeMemory.ofNewStore(OWN).completedBy(Set.of()).whole()).isTrue();
  }

  @Test
  void shouldNotLoseTrustWhenAPopIsAdded() {
    HomeMemory memory = HomeMemory.ofNewStore(OWN).completedBy(Set.of());
    assertThat(memory.completedBy(Set.of(FRA)).whole()).isTrue();
  }

  @Test
  void shouldNotWaitForAPopThatWasRetired() {
    HomeMemory memory = HomeMemory.ofNewStore(OWN).heard(FRA, Set.of(FRA, NRT));
    assertThat(memory.completedBy(Set.of(FRA)).whole()).isTrue();
  }

  @Test
  void shouldNoticeThatAPeerHasAnotherStore() {
    HomeMemory memory = HomeMemory.ofNewStore(OWN).settledWith(FRA, store(2));
    assertThat(memory.isSettled(FRA, store(2))).isTrue();
    assertThat(memory.isSettled(FRA, store(3))).isFalse();
    assertThat(memory.isSettled(NRT, store(2))).isFalse();
    assertThat(memory.settledWith(FRA, store(3)).isSettled(FRA, store(2))).isFalse();
  }

  @Test
  void shouldReadWhatItWrote() {
    HomeMemory memory =
        HomeMemory.ofNewStore(OWN).settledWith(FRA, store(2)).heard(NRT, Set.of(FRA, NRT));
    assertThat(HomeMemory.fromJson(memory.toJson(), OWN)).contains(memory);
  }

  @Test
  void shouldForgetAllOfAnotherStore() {
    assertThat(HomeMemory.fromJson(HomeMemory.ofNewStore(OWN).toJson(), store(9))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "{}", "{\"store\":7}", "{\"store\":\"zz\"}", "\u0000"})
  void shouldTakeAFileThatIsNoneForNone(String content) {
    assertThat(HomeMemory.fromJson(content, OWN)).isEmpty();
  }

  private static Bytes store(int first) {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) first;
    return Bytes.wrap(bytes);
  }
}
