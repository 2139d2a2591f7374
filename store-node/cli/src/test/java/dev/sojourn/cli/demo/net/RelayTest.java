package dev.sojourn.cli.demo.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private ServerSocket target;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    target = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    relay = Relay.start(addressOf(target), Duration.ofMillis(2));
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    target.close();
  }

  @Test
  void shouldDeliverEveryByteInOrderInBothDirections() throws Exception {
    long seed = 20261123;
    byte[] there = randomBytes(seed, 3 << 20);
    byte[] back = randomBytes(seed + 1, 1 << 20);
    try (Socket near = dial();
        Socket far = target.accept()) {
      var sentThere = CompletableFuture.runAsync(() -> send(near, there));
      var sentBack = CompletableFuture.runAsync(() -> send(far, back));
      var gotBack = CompletableFuture.supplyAsync(() -> receive(near, back.length));

      assertThat(receive(far, there.length)).as("seed %d", seed).isEqualTo(there);
      assertThat(gotBack.join()).as("seed %d", seed + 1).isEqualTo(back);
      CompletableFuture.allOf(sentThere, sentBack).join();
      assertThat(relay.forwardedBytes()).isEqualTo(there.length + back.length);
    }
  }

  @Test
  void shouldTakeAtLeastTheDelayOfBothDirectionsForARoundTrip() throws Exception {
    try (Ping ping = Ping.start()) {
      relay.forwardTo(ping.address());
      relay.delayBy(Duration.ofMillis(7));

      // Only the lower bound can be a promise of a test: a busy machine may always be later.
      assertThat(ping.medianThrough(relay, 3)).isGreaterThanOrEqualTo(Duration.ofMillis(14));
    }
  }

  @Test
  void shouldNotLetLaterBytesOvertakeWhenTheDelayGetsShorter() throws Exception {
    try (Socket near = dial();
        Socket far = target.accept()) {
      relay.delayBy(Duration.ofMillis(200));
      near.getOutputStream().write(1);
      awaitBytesTaken(1);
      relay.delayBy(Duration.ZERO);
      near.getOutputStream().write(2);

      assertThat(receive(far, 2)).containsExactly(1, 2);
    }
  }

  @Test
  void shouldPassOnTheEndOfOneDirectionAndKeepTheOtherOpen() throws Exception {
    try (Socket near = dial();
        Socket far = target.accept()) {
      near.getOutputStream().write(5);
      near.shutdownOutput();

      assertThat(receive(far, 1)).containsExactly(5);
      assertThat(far.getInputStream().read()).isEqualTo(-1);

      far.getOutputStream().write(6);
      assertThat(receive(near, 1)).containsExactly(6);
    }
  }

  @Test
  void shouldKeepBytesWhileHeldAndDeliverThemOnRelease() throws Exception {
    try (Socket near = dial();
        Socket far = target.accept()) {
      relay.hold();
      near.getOutputStream().write(9);
      awaitBytesTaken(1);
      assertThat(far.getInputStream().available()).isZero();

      relay.release();
      assertThat(receive(far, 1)).containsExactly(9);
    }
  }

  @Test
  void shouldBreakConnectionsWhenCutAndTakeNewOnes() throws Exception {
    try (Socket near = dial();
        Socket far = target.accept()) {
      relay.hold();
      near.getOutputStream().write(9);
      awaitBytesTaken(1);
      relay.cut();

      assertThat(endsWithoutBytes(far)).isTrue();
      relay.release();
      try (Socket again = dial();
          Socket farAgain = target.accept()) {
        again.getOutputStream().write(4);
        assertThat(receive(farAgain, 1)).containsExactly(4);
      }
    }
  }

  @Test
  void shouldBreakTheConnectionWhenTheTargetIsNotThere() throws Exception {
    target.close();
    try (Socket near = dial()) {
      assertThat(endsWithoutBytes(near)).isTrue();
    }
  }

  @Test
  void shouldRefuseConnectionsOnceClosed() throws Exception {
    int port = relay.port();
    relay.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  private Socket dial() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private void awaitBytesTaken(long bytes) {
    while (relay.forwardedBytes() < bytes) {
      Thread.onSpinWait();
    }
  }

  private static boolean endsWithoutBytes(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      // A reset says the same as an end here: nothing came.
      return true;
    }
  }

  private static InetSocketAddress addressOf(ServerSocket socket) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] receive(Socket socket, int count) {
    try {
      InputStream in = socket.getInputStream();
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] randomBytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
