package dev.sojourn.hint;

import dev.sojourn.value.Bytes;

/**
 * A key that every POP shares, from which each derives the keys that it seals hints with.
 *
 * @param id names the key in each hint; at least 1, and never used again for another key
 * @param secret 32 bytes
 */
public record HintKey(int id, Bytes secret) {
  public static final int LENGTH = 32;

  /**
   * @throws IllegalArgumentException if the id is below 1 or the secret has not 32 bytes
   */
  public HintKey {
    if (id < 1) {
      throw new IllegalArgumentException("a key id is at least 1, not " + id);
    }
    if (secret.length() != LENGTH) {
      throw new IllegalArgumentException("a hint key has 32 bytes, not " + secret.length());
    }
  }
}
