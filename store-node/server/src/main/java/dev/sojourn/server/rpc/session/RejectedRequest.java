package dev.sojourn.server.rpc.session;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;

/**
 * A request that breaks a rule of form, before anything was touched. It has no stack trace: a
 * stranger must not be able to make a node spend its time on those.
 */
final class RejectedRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RejectedRequest(ErrorCode code, String detail) {
    this(Problem.of(code, detail));
  }

  RejectedRequest(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
