package dev.sojourn.value;

/** 128 random bits that tie an answer from another POP to the question it answers. */
public record Nonce(Bytes value) {
  public static final int LENGTH = 16;

  public Nonce {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a nonce has 16 bytes, not " + value.length());
    }
  }

  @Override
  public String toString() {
    return value.toHex().substring(0, 8);
  }
}
