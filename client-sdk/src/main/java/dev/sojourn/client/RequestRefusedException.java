package dev.sojourn.client;

/** The request itself is wrong, too large, or against the policy; nothing was applied. */
public final class RequestRefusedException extends SojournException {
  private static final long serialVersionUID = 1L;

  RequestRefusedException(Problem problem) {
    super(problem);
  }
}
