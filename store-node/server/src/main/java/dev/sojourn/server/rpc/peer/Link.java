package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.InboundSequence;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.convert.EnvelopeDecoder;
import dev.sojourn.server.rpc.convert.PolicyNewsConverter;
import dev.sojourn.server.rpc.convert.WireException;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.value.PopId;
import io.grpc.stub.CallStreamObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream between this POP and another, from its first frame to its last: first the handshake,
 * which the two kinds of link play from either side, then envelopes. Belongs to the loop of its
 * context.
 */
abstract class Link {
  /** Frames asked for ahead of what has been handled, so that the stream never pauses for one. */
  static final int FRAMES_AHEAD = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private enum Phase {
    OPENING,
    UP,
    CLOSED
  }

  final LinkContext context;
  private final InboundSequence inbound = new InboundSequence();
  private final long openedAtMillis;
  private Phase phase = Phase.OPENING;
  private @Nullable LinkHello theirs;
  private long seqSent;
  private long heardAtMillis;
  private long saidAtMillis;
  private long messageAtMillis;

  Link(LinkContext context) {
    this.context = context;
    this.openedAtMillis = context.nowMillis();
  }

  /** A frame of the handshake. The link closes with MALFORMED if this throws. */
  abstract void shakeHands(PeerFrame frame) throws WireException.Malformed;

  abstract @Nullable CallStreamObserver<PeerFrame> out();

  /** Lets go of what carries the stream. Called once. */
  abstract void release();

  /** The link is over, for {@code reason}, whoever ended it. Called once. */
  abstract void over(Goodbye.Reason reason);

  /** What its messages are of: the POP at the other end, once it has proved itself. */
  LinkHello theirs() {
    if (theirs == null) {
      throw new IllegalStateException("the other end has not introduced itself");
    }
    return theirs;
  }

  final void up(LinkHello hello) {
    theirs = hello;
    phase = Phase.UP;
    heardAtMillis = context.nowMillis();
    saidAtMillis = heardAtMillis;
    messageAtMillis = heardAtMillis;
  }

  final boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  final void receive(PeerFrame frame) {
    if (phase == Phase.CLOSED) {
      return;
    }
    heardAtMillis = context.nowMillis();
    try {
      boolean isControl = frame.getControlCase() != PeerFrame.ControlCase.CONTROL_NOT_SET;
      if (isControl && frame.getEnvelopesCount() > 0) {
        throw new WireException.Malformed("a frame of a handshake has no envelopes");
      }
      if (frame.hasGoodbye()) {
        end(frame.getGoodbye().getReason(), false);
      } else if (phase == Phase.OPENING) {
        shakeHands(frame);
      } else if (isControl) {
        throw new WireException.Malformed("a handshake on a stream that is up");
      } else {
        deliver(frame);
      }
    } catch (WireException.Malformed e) {
      context.tally().malformed.increment();
      LOG.warn("closing a stream between POPs: {}", e.getMessage());
      close(Goodbye.Reason.MALFORMED);
    } catch (RuntimeException e) {
      LOG.error("closing a stream between POPs", e);
      close(Goodbye.Reason.MALFORMED);
    }
    CallStreamObserver<PeerFrame> stream = out();
    if (stream != null && phase != Phase.CLOSED) {
      stream.request(1);
    }
  }

  private void deliver(PeerFrame frame) throws WireException.Malformed {
    for (PeerEnvelope envelope : frame.getEnvelopesList()) {
      if (phase == Phase.CLOSED) {
        return;
      }
      messageAtMillis = heardAtMillis;
      if (!inbound.accept(envelope.getSeq())) {
        context.tally().droppedRepeated.increment();
        continue;
      }
      try {
        if (deliver(theirs().pop(), envelope)) {
          context.tally().received.increment();
        } else {
          LOG.warn("closing the stream with POP {}: too much waits to be handled", theirs().pop());
          close(Goodbye.Reason.OVERLOADED);
        }
      } catch (WireException.UnknownKind e) {
        context.tally().unknownKinds.increment();
      } catch (WireException e) {
        throw new WireException.Malformed(envelope.getMessageCase() + ": " + e.getMessage());
      }
    }
  }

  private boolean deliver(PopId from, PeerEnvelope envelope) throws WireException {
    if (envelope.hasAnnouncesDone()) {
      context.listener().announcesDone(from, EnvelopeDecoder.storeId(envelope.getAnnouncesDone()));
      return true;
    }
    if (PolicyNewsConverter.isNews(envelope)) {
      context.listener().policyTold(from, PolicyNewsConverter.fromProto(envelope));
      return true;
    }
    // First what it says: one of a kind that nobody here knows need not be about a session.
    PeerMessage message = EnvelopeDecoder.decode(envelope);
    return context.listener().received(from, EnvelopeDecoder.key(envelope), message);
  }

  /** Puts on the stream what waits, as far as the stream takes it. */
  final void flush(OutboundQueue queue) {
    CallStreamObserver<PeerFrame> stream = out();
    while (phase == Phase.UP && stream != null && stream.isReady() && !queue.isEmpty()) {
      PeerFrame.Builder frame = queue.takeFrame(seqSent);
      seqSent += frame.getEnvelopesCount();
      messageAtMillis = context.nowMillis();
      context.tally().sent.add(frame.getEnvelopesCount());
      say(frame.setPosition(context.store().get().position()).build());
    }
  }

  final void say(PeerFrame frame) {
    CallStreamObserver<PeerFrame> stream = out();
    if (stream == null) {
      return;
    }
    saidAtMillis = context.nowMillis();
    try {
      stream.onNext(frame);
    } catch (RuntimeException e) {
      // A stream that breaks just now says so here; its own event follows and tells everybody.
      LOG.debug("a stream between POPs broke while being written to", e);
    }
  }

  /**
   * Keeps a link that is up alive, or closes it if it is dead or idle.
   *
   * @param lateMillis by how much the loop itself was held up: what arrived meanwhile has not been
   *     read yet, and the other end is not to blame for that
   */
  final void tickUp(long nowMillis, long lateMillis, boolean mayIdleOut) {
    PeerSettings settings = context.settings();
    heardAtMillis += lateMillis;
    CallStreamObserver<PeerFrame> stream = out();
    if (nowMillis - heardAtMillis > settings.silenceMillisMax()) {
      close(Goodbye.Reason.TIMED_OUT);
    } else if (mayIdleOut && nowMillis - messageAtMillis > settings.idleMillisMax()) {
      close(Goodbye.Reason.IDLE);
    } else if (nowMillis - saidAtMillis >= settings.heartbeatMillis()
        && stream != null
        && stream.isReady()) {
      say(PeerFrame.newBuilder().setPosition(context.store().get().position()).build());
    }
  }

  final void tickOpening(long nowMillis) {
    if (nowMillis - openedAtMillis > context.settings().handshakeMillisMax()) {
      close(Goodbye.Reason.TIMED_OUT);
    }
  }

  /** Refuses the other end because of who it is, or is not. */
  final void refuse(PopId claimed, Goodbye.Reason reason) {
    context.tally().refused.increment();
    LOG.warn("refusing a stream with POP {}: {}", claimed, reason);
    close(reason);
  }

  final void close(Goodbye.Reason reason) {
    end(reason, true);
  }

  /** The stream is gone without a word. */
  final void broken() {
    end(Goodbye.Reason.REASON_UNSPECIFIED, false);
  }

  private void end(Goodbye.Reason reason, boolean sayIt) {
    if (phase == Phase.CLOSED) {
      return;
    }
    if (sayIt) {
      say(PeerFrame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(reason)).build());
    }
    phase = Phase.CLOSED;
    inbound.close();
    CallStreamObserver<PeerFrame> stream = out();
    if (stream != null) {
      try {
        stream.onCompleted();
      } catch (RuntimeException e) {
        LOG.debug("a stream between POPs was over already", e);
      }
    }
    release();
    over(reason);
  }
}
