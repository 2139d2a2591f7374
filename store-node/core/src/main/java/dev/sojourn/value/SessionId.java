package dev.sojourn.value;

/**
 * A session's id: its birth POP and 16 bytes that nobody can guess. It is a secret outside the
 * POPs, so {@link #toString()} shows the birth POP alone; logs and metrics use {@link KeyHash}.
 *
 * @param birth where the session was created, so that any POP can find it without a directory
 * @param unique 16 bytes
 */
public record SessionId(PopId birth, Bytes unique) {
  public static final int UNIQUE_LENGTH = 16;

  public SessionId {
    if (unique.length() != UNIQUE_LENGTH) {
      throw new IllegalArgumentException("a session id has 16 bytes, not " + unique.length());
    }
  }

  @Override
  public String toString() {
    return birth + "/(secret)";
  }
}
