package dev.sojourn.gateway;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;
import dev.sojourn.server.rpc.convert.ErrorConverter;
import dev.sojourn.server.rpc.convert.HintSeal;
import dev.sojourn.server.rpc.session.RequestObserver;
import dev.sojourn.value.PopId;
import io.grpc.StatusRuntimeException;

/** The typed errors of requests that did not get as far as the session service. Thread-safe. */
final class Refusals {
  private static final HintSeal NO_HINT = hint -> new HintSeal.Sealed("", 0);

  private final PopId pop;
  private final RequestObserver observer;

  Refusals(PopId pop, RequestObserver observer) {
    this.pop = pop;
    this.observer = observer;
  }

  /**
   * Counts a refusal.
   *
   * @param detail one lower-case line without a full stop, without any value that the caller sent
   */
  StatusRuntimeException of(ErrorCode code, String detail) {
    observer.refused(code);
    return ErrorConverter.toStatus(Problem.of(code, detail), pop, NO_HINT);
  }

  StatusRuntimeException malformed(String detail) {
    return of(ErrorCode.INVALID_REQUEST, detail);
  }
}
