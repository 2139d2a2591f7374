package dev.sojourn.server.storage.codec;

/** Bytes that this release cannot take for a record or a payload. */
public abstract sealed class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  private CodecException(String message) {
    super(message);
  }

  /** No release of Sojourn wrote this: something required is missing or out of bounds. */
  public static final class Malformed extends CodecException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
      super(message);
    }
  }

  /** A newer release wrote this, with a part that this one could not write back unharmed. */
  public static final class Newer extends CodecException {
    private static final long serialVersionUID = 1L;

    public Newer(String message) {
      super(message);
    }
  }
}
