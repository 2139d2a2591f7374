package dev.sojourn.server.rpc.peer;

import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for a stream to one POP. Any thread may add; one thread takes. Bounded by
 * bytes, because a grant may be a thousand times as large as a confirm.
 */
final class OutboundQueue {
  private static final int FRAME_BYTES = 64 << 10;

  private final ConcurrentLinkedQueue<PeerEnvelope> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long bytesMax;

  OutboundQueue(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Whether there was room. */
  boolean offer(PeerEnvelope envelope) {
    int size = envelope.getSerializedSize();
    if (bytes.addAndGet(size) > bytesMax) {
      bytes.addAndGet(-size);
      return false;
    }
    waiting.add(envelope);
    return true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes as much as makes a good frame, numbered onwards from {@code lastSeq}. */
  PeerFrame.Builder takeFrame(long lastSeq) {
    PeerFrame.Builder frame = PeerFrame.newBuilder();
    long size = 0;
    long seq = lastSeq;
    while (size < FRAME_BYTES) {
      PeerEnvelope next = waiting.peek();
      if (next == null || (size > 0 && size + next.getSerializedSize() > FRAME_BYTES)) {
        break;
      }
      remove();
      size += next.getSerializedSize();
      frame.addEnvelopes(next.toBuilder().setSeq(++seq));
    }
    return frame;
  }

  /** Drops everything, and says how many messages that were. */
  long clear() {
    long count = 0;
    while (remove() != null) {
      count++;
    }
    return count;
  }

  private @Nullable PeerEnvelope remove() {
    PeerEnvelope taken = waiting.poll();
    if (taken != null) {
      bytes.addAndGet(-taken.getSerializedSize());
    }
    return taken;
  }
}
