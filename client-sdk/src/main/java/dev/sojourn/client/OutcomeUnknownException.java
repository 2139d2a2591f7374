package dev.sojourn.client;

/**
 * A write was retried for so long that nobody can tell whether it was applied. The session now
 * holds a fresh hint: read, and decide whether to write again.
 */
public final class OutcomeUnknownException extends SojournException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Problem problem) {
    super(problem);
  }
}
