package dev.sojourn.server.rpc.peer;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the network sees. Thread-safe. */
final class LinkTally {
  final LongAdder links = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder droppedUnsent = new LongAdder();
  final LongAdder droppedRepeated = new LongAdder();
  final LongAdder unknownKinds = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder refused = new LongAdder();

  PeerCounters counters() {
    return new PeerCounters(
        links.sum(),
        sent.sum(),
        received.sum(),
        droppedUnsent.sum(),
        droppedRepeated.sum(),
        unknownKinds.sum(),
        malformed.sum(),
        refused.sum());
  }
}
