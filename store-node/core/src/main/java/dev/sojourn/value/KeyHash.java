package dev.sojourn.value;

/**
 * The keyed hash of a {@link SessionKey}: 16 bytes, the same at every POP. It names records,
 * directory entries and messages, and it alone may appear in logs, metrics and traces.
 */
public record KeyHash(Bytes value) implements Comparable<KeyHash> {
  public static final int LENGTH = 16;

  public KeyHash {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a key hash has 16 bytes, not " + value.length());
    }
  }

  @Override
  public int compareTo(KeyHash other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toHex();
  }
}
