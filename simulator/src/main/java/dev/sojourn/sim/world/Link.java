package dev.sojourn.sim.world;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The way between two POPs, and the one stream that may be up on it. */
final class Link {
  final PopId left;
  final PopId right;
  long rttMillis;
  long jitterMillis;

  /** What passes in a second, each way; 0 for any number. */
  long bytesPerSecond;

  final Set<PopId> unheard = new TreeSet<>();
  Phase phase = Phase.DOWN;

  /** Which stream this is: a message of an earlier one comes from a closed stream. */
  long stream;

  final List<Envelope> waiting = new ArrayList<>();
  private final Map<PopId, Long> lastNumber = new TreeMap<>();
  private final Map<PopId, Long> lastArrival = new TreeMap<>();
  private final Map<PopId, Long> freeAtMicros = new TreeMap<>();
  private final Map<PopId, Envelope> swapped = new TreeMap<>();
  private final Map<PopId, Set<Long>> seen = new TreeMap<>();

  enum Phase {
    DOWN,
    CONNECTING,
    UP
  }

  /** A message with the number that its stream gave it. */
  record Envelope(Sent sent, KeyHash key, long stream, long number) {
    PopId to() {
      return sent.to();
    }

    /** What a client wants done is put on one stream, once, and never heard from another. */
    boolean carriesOperations() {
      return sent.message() instanceof PeerMessage.Create
          || (sent.message() instanceof PeerMessage.Acquire acquire
              && acquire.call().filter(call -> !call.operations().isEmpty()).isPresent());
    }
  }

  Link(PopId left, PopId right, long rttMillis) {
    this.left = left;
    this.right = right;
    this.rttMillis = rttMillis;
  }

  boolean isPartitioned() {
    return !unheard.isEmpty();
  }

  PopId other(PopId pop) {
    return pop.equals(left) ? right : left;
  }

  long nextNumber(PopId from) {
    return lastNumber.merge(from, 1L, Long::sum);
  }

  /**
   * When a message sent now arrives if nothing goes wrong: never before an earlier one, and on a
   * slow line only once all that was sent that way before it is through.
   */
  long arrivalMillis(PopId from, long nowMillis, long jitterMillis, long bytes) {
    long through = throughMillis(from, nowMillis, bytes);
    long arrival =
        Math.max(through + (rttMillis + 1) / 2 + jitterMillis, lastArrival.getOrDefault(from, 0L));
    lastArrival.put(from, arrival);
    return arrival;
  }

  private long throughMillis(PopId from, long nowMillis, long bytes) {
    if (bytesPerSecond == 0) {
      return nowMillis;
    }
    long begins = Math.max(nowMillis * 1_000, freeAtMicros.getOrDefault(from, 0L));
    long ends = begins + bytes * 1_000_000 / bytesPerSecond;
    freeAtMicros.put(from, ends);
    return ends / 1_000;
  }

  /** Whether this number is new at its receiver on its stream. */
  boolean isFirst(Envelope envelope) {
    return seen.computeIfAbsent(envelope.to(), pop -> new TreeSet<>()).add(envelope.number());
  }

  boolean isClosed(Envelope envelope) {
    return phase != Phase.UP || envelope.stream() != stream;
  }

  void holdForSwap(Envelope envelope) {
    swapped.put(envelope.sent().from(), envelope);
  }

  Optional<Envelope> takeSwapped(PopId from) {
    return Optional.ofNullable(swapped.remove(from));
  }

  void open() {
    stream++;
    phase = Phase.CONNECTING;
    lastNumber.clear();
    lastArrival.clear();
    freeAtMicros.clear();
    seen.clear();
  }
}
