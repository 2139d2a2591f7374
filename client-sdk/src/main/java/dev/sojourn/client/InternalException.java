package dev.sojourn.client;

/** A fault in Sojourn. Please report it. */
public final class InternalException extends SojournException {
  private static final long serialVersionUID = 1L;

  InternalException(Problem problem) {
    super(problem);
  }
}
