package dev.sojourn.hint;

import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RandomSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals hints with AES-256-GCM. One for each thread or shard: not thread-safe, and it keeps its
 * cipher.
 *
 * <p>Nonces are random, so one AES key may seal at most 2^32 hints before the odds of a repeated
 * nonce pass 2^-32 (NIST SP 800-38D, section 8.3), and a POP that counted its hints across restarts
 * would have to write for each. Instead nobody counts beyond one sealer: each sealer derives a key
 * of its own, by HKDF-SHA256 from the shared key, the key's id, its POP's id and 8 random bytes of
 * salt, which stand in the clear in each hint. It takes a new salt after 2^30 hints, which is a
 * quarter of the bound and keeps the odds of a repeated nonce under one key below 2^-37. A restart,
 * another shard and another POP come with another salt or another POP id, so they never share a
 * key: that two among a million sealers of one POP draw the same salt has odds of 2^-25, and even
 * then they would share one key's bound, not its nonces.
 */
public final class HintSealer {
  /** A sealed hint's length in characters is at most this. */
  public static final int LENGTH_MAX = 200;

  static final long HINTS_PER_SUB_KEY = 1L << 30;
  private static final int BYTES_MAX = LENGTH_MAX * 6 / 8;

  private final HintKey shared;
  private final PopId pop;
  private final RandomSource random;
  private final long hintsPerSubKey;
  private final Hkdf hkdf = new Hkdf();
  private final HintCipher cipher = new HintCipher();
  private SubKey subKey;
  private SecretKeySpec key;
  private long hintsLeft;

  /**
   * @param keys its first hint key seals
   * @param pop the POP that seals
   * @param random where salts and nonces come from; the sealer's alone
   */
  public HintSealer(KeyRing keys, PopId pop, RandomSource random) {
    this(keys, pop, random, HINTS_PER_SUB_KEY);
  }

  HintSealer(KeyRing keys, PopId pop, RandomSource random, long hintsPerSubKey) {
    this.shared = keys.sealing();
    this.pop = pop;
    this.random = random;
    this.hintsPerSubKey = hintsPerSubKey;
    this.subKey = freshSubKey();
    this.key = subKey.derive(shared, hkdf);
    this.hintsLeft = hintsPerSubKey;
  }

  /**
   * Returns {@code hint} as at most {@link #LENGTH_MAX} characters of {@code A-Z a-z 0-9 - _}, good
   * for {@code namespace} alone.
   */
  public String seal(Namespace namespace, Hint hint) {
    if (hintsLeft == 0) {
      subKey = freshSubKey();
      key = subKey.derive(shared, hkdf);
      hintsLeft = hintsPerSubKey;
    }
    hintsLeft--;
    byte[] nonce = random.nextBytes(HintHeader.NONCE_LENGTH).toArray();
    byte[] message = new byte[BYTES_MAX];
    ByteBuffer out = ByteBuffer.wrap(message);
    new HintHeader(subKey, nonce).write(out);
    int bodyAt = out.position();
    HintBody.write(out, hint, pop);
    int end = cipher.seal(key, nonce, namespace, message, bodyAt, out.position());
    return Base64Url.encode(Arrays.copyOf(message, end));
  }

  private SubKey freshSubKey() {
    long salt = ByteBuffer.wrap(random.nextBytes(Long.BYTES).unsafeArray()).getLong();
    return new SubKey(shared.id(), PopCode.of(pop), salt);
  }
}
