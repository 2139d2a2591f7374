package dev.sojourn.hint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names the AES key that some hints are sealed under: derived from a shared key for one POP, and
 * for one sealer's stretch of hints by a random salt.
 */
record SubKey(int keyId, long popCode, long salt) {
  private static final byte[] LABEL = "sojourn hint ".getBytes(StandardCharsets.US_ASCII);
  private static final int AES_KEY_LENGTH = 32;

  SecretKeySpec derive(HintKey shared, Hkdf hkdf) {
    byte[] saltBytes = ByteBuffer.allocate(Long.BYTES).putLong(salt).array();
    byte[] info =
        ByteBuffer.allocate(LABEL.length + 1 + Integer.BYTES + Long.BYTES)
            .put(LABEL)
            .put(HintHeader.LAYOUT_VERSION)
            .putInt(keyId)
            .putLong(popCode)
            .array();
    byte[] key = hkdf.derive(shared.secret().unsafeArray(), saltBytes, info, AES_KEY_LENGTH);
    return new SecretKeySpec(key, "AES");
  }
}
