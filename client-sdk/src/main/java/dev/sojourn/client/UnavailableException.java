package dev.sojourn.client;

/**
 * No answer now; the same request may succeed later. {@link Session#save()} sends it again, with
 * the same bytes, so that it is applied once at most.
 */
public final class UnavailableException extends SojournException {
  private static final long serialVersionUID = 1L;

  UnavailableException(Problem problem) {
    super(problem);
  }
}
