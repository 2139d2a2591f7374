package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "[::1]:7400", "bos.example.net:65535", "0.0.0.0:1"})
  void shouldWriteAnAddressAsItReadsIt(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7400",
        ":7400",
        "host",
        "host:",
        "host:x",
        "host:65536",
        "::1:80",
        "a b:1",
        "h:-1"
      })
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an address");
  }

  @Test
  void shouldTakeOnlyThisMachineForLoopback() {
    for (String text : new String[] {"localhost:1", "127.0.0.1:1", "127.8.8.8:1", "[::1]:1"}) {
      assertThat(Address.parse(text).isLoopback()).as(text).isTrue();
    }
    for (String text :
        new String[] {"0.0.0.0:1", "[::]:1", "127.0.0.1.example.net:1", "10.0.0.1:1", "bos:1"}) {
      assertThat(Address.parse(text).isLoopback()).as(text).isFalse();
    }
  }

  @Test
  void shouldWantAPortWhereOthersCall() {
    assertThatThrownBy(() -> Address.parseReachable("bos:0")).hasMessageContaining("no port");
  }
}
