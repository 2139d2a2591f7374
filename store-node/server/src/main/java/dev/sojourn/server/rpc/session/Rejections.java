package dev.sojourn.server.rpc.session;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;

/** The problems that a node has with any request, whatever it asks. */
final class Rejections {
  private Rejections() {}

  static Problem busy() {
    return Problem.of(ErrorCode.BUSY, "too many requests are waiting at this POP");
  }

  static Problem tooLarge(int size, int sizeMax) {
    return Problem.of(
        ErrorCode.LIMIT_EXCEEDED, "the request has " + size + " bytes, of at most " + sizeMax);
  }

  static Problem shuttingDown() {
    return Problem.of(ErrorCode.SHUTTING_DOWN, "this node takes no new requests: it shuts down");
  }
}
