package dev.sojourn.hint;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 in the alphabet that cookies and URLs leave alone, without padding. Strict: each byte
 * string has one spelling, so that no character of a hint can be altered unnoticed. The JDK's
 * decoder is more lenient, and its answer to bad input is an exception.
 */
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = values();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  static Optional<byte[]> decode(String text) {
    int length = text.length();
    if (length % 4 == 1) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length * 6 / 8];
    int pending = 0;
    int pendingBits = 0;
    int written = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        return Optional.empty();
      }
      pending = pending << 6 | value;
      pendingBits += 6;
      if (pendingBits >= 8) {
        pendingBits -= 8;
        bytes[written++] = (byte) (pending >> pendingBits);
        pending &= (1 << pendingBits) - 1;
      }
    }
    return pending == 0 ? Optional.of(bytes) : Optional.empty();
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
