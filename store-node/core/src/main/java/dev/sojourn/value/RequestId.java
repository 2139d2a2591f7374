package dev.sojourn.value;

/** Names one request of a client across all its retries: 16 random bytes made by the client. */
public record RequestId(Bytes value) {
  public static final int LENGTH = 16;

  public RequestId {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a request id has 16 bytes, not " + value.length());
    }
  }

  /** Never the bytes: whoever reads a log must not be able to repeat a request. */
  @Override
  public String toString() {
    return "request " + value.toHex().substring(0, 6) + "…";
  }
}
