package dev.sojourn.server.rpc.peer;

/** Settings that differ from the usual ones in one respect. */
final class TestSettings {
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
    PeerSettings s = TestPop.SETTINGS;
    return new PeerSettings(
        s.listen(),
        s.outgoing(),
        s.incoming(),
        handshakeMillisMax,
        100,
        silenceMillisMax,
        idleMillisMax,
        s.retryMillisMin(),
        s.retryMillisMax(),
        queueBytesMax,
        s.frameBytesMax());
  }
}
