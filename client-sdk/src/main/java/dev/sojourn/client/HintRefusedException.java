package dev.sojourn.client;

/** The hint is not, or no longer, a credential: unreadable, expired, or replaced by a rotation. */
public final class HintRefusedException extends SojournException {
  private static final long serialVersionUID = 1L;

  HintRefusedException(Problem problem) {
    super(problem);
  }
}
