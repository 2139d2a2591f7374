package dev.sojourn.hint;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 as RFC 5869 says it: the JDK has had none before version 24. Not thread-safe;
 * keeps one {@link Mac} for its lifetime.
 */
final class Hkdf {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_LENGTH = 32;
  private static final int BLOCKS_MAX = 255;

  private final Mac mac = newMac();

  /** A fresh HMAC-SHA256, which every Java platform must have. */
  static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no HMAC-SHA256", e);
    }
  }

  static void initialise(Mac mac, byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC-SHA256 takes any key", e);
    }
  }

  /**
   * Derives {@code length} bytes from {@code secret}.
   *
   * @param length from 1 to 255 × 32
   */
  byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    return expand(extract(secret, salt), info, length);
  }

  private byte[] extract(byte[] secret, byte[] salt) {
    // An empty salt means 32 zero bytes; SecretKeySpec takes no empty key.
    initialise(mac, salt.length == 0 ? new byte[HASH_LENGTH] : salt);
    return mac.doFinal(secret);
  }

  private byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    int blocks = (length + HASH_LENGTH - 1) / HASH_LENGTH;
    if (blocks < 1 || blocks > BLOCKS_MAX) {
      throw new IllegalArgumentException("HKDF-SHA256 derives 1 to 8160 bytes, not " + length);
    }
    initialise(mac, pseudoRandomKey);
    byte[] output = new byte[blocks * HASH_LENGTH];
    byte[] block = new byte[0];
    for (int i = 1; i <= blocks; i++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) i);
      block = mac.doFinal();
      System.arraycopy(block, 0, output, (i - 1) * HASH_LENGTH, HASH_LENGTH);
    }
    return Arrays.copyOf(output, length);
  }
}
