package dev.sojourn.server.rpc.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Settings that differ from the usual ones in one respect. */
final class TestSettings {
  /** Patient, because a machine that runs many tests at once may stop a thread for seconds. */
  static PeerSettings patient() {
    return settings(20_000, 1_000, 30_000, 300_000, 32L << 20);
  }

  private TestSettings() {}

  static PeerSettings withQueueBytes(long queueBytesMax) {
    PeerSettings s = TestPop.SETTINGS;
    return with(s.handshakeMillisMax(), s.silenceMillisMax(), s.idleMillisMax(), queueBytesMax);
  }

  static PeerSettings withHandshake(long handshakeMillisMax) {
    PeerSettings s = TestPop.SETTINGS;
    return with(handshakeMillisMax, s.silenceMillisMax(), s.idleMillisMax(), s.queueBytesMax());
  }

  static PeerSettings withSilence(long silenceMillisMax) {
    PeerSettings s = TestPop.SETTINGS;
    return with(s.handshakeMillisMax(), silenceMillisMax, s.idleMillisMax(), s.queueBytesMax());
  }

  static PeerSettings withIdle(long idleMillisMax) {
    PeerSettings s = TestPop.SETTINGS;
    return with(s.handshakeMillisMax(), s.silenceMillisMax(), idleMillisMax, s.queueBytesMax());
  }

  private static PeerSettings with(
      long handshakeMillisMax, long silenceMillisMax, long idleMillisMax, long queueBytesMax) {
    return settings(handshakeMillisMax, 100, silenceMillisMax, idleMillisMax, queueBytesMax);
  }

  private static PeerSettings settings(
      long handshakeMillisMax,
      long heartbeatMillis,
      long silenceMillisMax,
      long idleMillisMax,
      long queueBytesMax) {
    PeerSettings plain =
        PeerSettings.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new PeerSettings(
        plain.listen(),
        plain.outgoing(),
        plain.incoming(),
        handshakeMillisMax,
        heartbeatMillis,
        silenceMillisMax,
        idleMillisMax,
        plain.retryMillisMin(),
        plain.retryMillisMax(),
        queueBytesMax,
        plain.frameBytesMax());
  }
}
