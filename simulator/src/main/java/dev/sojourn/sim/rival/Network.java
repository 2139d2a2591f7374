package dev.sojourn.sim.rival;

import dev.sojourn.sim.place.Outages;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.terms.Jitter;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.sim.terms.Timing;

/**
 * What strategies share: the same distances, costs and sizes for all of them.
 *
 * @param central the POP of a central store
 */
public record Network(
    RoundTrips roundTrips, Outages outages, Timing timing, SessionShape shape, int central) {
  /** What a message between POPs carries besides content: names, a nonce, framing. */
  public static final int MESSAGE_BYTES = 100;

  /** A client's credential inside a message. */
  public static final int HINT_BYTES = 150;

  int pops() {
    return roundTrips.pops();
  }

  boolean canTalk(Request request, int pop) {
    return outages.canTalk(request.pop(), pop, request.atMillis());
  }

  /** A request that is served where it comes in. */
  long localMicros(Request request) {
    return timing.serviceMicros() + (request.isWrite() ? timing.syncMicros() : 0);
  }

  /** The same through another POP, which answers. */
  long remoteMicros(Request request, int pop) {
    return localMicros(request) + roundTripMicros(request, pop) + timing.serviceMicros();
  }

  /** To that POP and back, for a request. */
  long roundTripMicros(Request request, int pop) {
    Jitter jitter = timing.jitter();
    return roundTrips.micros(request.pop(), pop)
        + jitter.micros(request.atMillis(), request.pop(), pop)
        + jitter.micros(request.atMillis(), pop, request.pop());
  }

  /** Question and answer of a request that another POP runs. */
  long remoteBytes(Request request) {
    int content = request.isWrite() ? shape.writeBytes() : shape.bytes();
    return 2L * MESSAGE_BYTES + HINT_BYTES + content;
  }

  /** The session with all that belongs to it, in one message. */
  long sessionBytes() {
    return MESSAGE_BYTES + shape.bytes();
  }

  /** Run at one POP, wherever it comes in. */
  Served at(int pop, Request request) {
    if (!canTalk(request, pop)) {
      return Served.FAILED;
    }
    return request.pop() == pop
        ? Served.local(localMicros(request))
        : Served.remote(remoteMicros(request, pop), remoteBytes(request));
  }
}
