package dev.sojourn.client;

/** The session is not as an operation needs it; nothing was applied. Read, decide, write again. */
public final class ConditionFailedException extends SojournException {
  private static final long serialVersionUID = 1L;

  ConditionFailedException(Problem problem) {
    super(problem);
  }
}
