package dev.sojourn.client;

/** The session of this hint cannot be had: ended, erased, lost, or frozen after a rollback. */
public final class SessionGoneException extends SojournException {
  private static final long serialVersionUID = 1L;

  SessionGoneException(Problem problem) {
    super(problem);
  }
}
