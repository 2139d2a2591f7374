package dev.sojourn.server.rpc.convert;

/** A message that this release cannot take for what it should be. */
public abstract sealed class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  private WireException(String message) {
    super(message);
  }

  /** It breaks a rule of the wire; the message says which, and repeats nothing of the content. */
  public static final class Malformed extends WireException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
      super(message);
    }
  }

  /** It holds a kind of thing that only a newer release knows. */
  public static final class UnknownKind extends WireException {
    private static final long serialVersionUID = 1L;

    public UnknownKind(String message) {
      super(message);
    }
  }
}
