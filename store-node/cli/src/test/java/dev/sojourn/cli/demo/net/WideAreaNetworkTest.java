package dev.sojourn.cli.demo.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WideAreaNetworkTest {
  private static final PopId IAD = new PopId("iad");
  private static final PopId LHR = new PopId("lhr");
  private static final PopId CDG = new PopId("cdg");

  private WideAreaNetwork network;

  @BeforeEach
  void start() throws IOException {
    network =
        WideAreaNetwork.start(
            List.of(IAD, LHR, CDG),
            (one, other) -> Duration.ofMillis(one.equals(IAD) || other.equals(IAD) ? 20 : 6));
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
  }

  @Test
  void shouldGiveEveryOrderedPairALinkOfItsOwnWithAMeasuredRoundTrip() {
    assertThat(network.links()).hasSize(6);
    assertThat(network.appliedRoundTrip(IAD, LHR)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    assertThat(network.appliedRoundTrip(CDG, LHR)).isGreaterThanOrEqualTo(Duration.ofMillis(6));
    assertThat(network.port(IAD, LHR)).isNotEqualTo(network.port(LHR, IAD));
  }

  @Test
  void shouldRefuseALinkFromAPopToItself() {
    assertThatThrownBy(() -> network.port(IAD, IAD)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReachAPopFromEveryOtherAndCountWhatCrosses() throws Exception {
    try (ServerSocket pop = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      network.connect(
          LHR, new InetSocketAddress(InetAddress.getLoopbackAddress(), pop.getLocalPort()));
      long before = network.forwardedBytes();
      for (PopId from : List.of(IAD, CDG)) {
        try (Socket near = new Socket(InetAddress.getLoopbackAddress(), network.port(from, LHR));
            Socket far = pop.accept()) {
          near.getOutputStream().write(new byte[100]);
          assertThat(far.getInputStream().readNBytes(100)).hasSize(100);
        }
      }
      assertThat(network.forwardedBytes() - before).isEqualTo(200);
      assertThat(network.awaitQuiet(Duration.ofMillis(20), Duration.ofSeconds(20))).isTrue();
    }
  }
}
