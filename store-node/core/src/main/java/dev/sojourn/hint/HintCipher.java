package dev.sojourn.hint;

import dev.sojourn.value.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The JDK's AES-256-GCM, looked up once. The header before the sealed part and the namespace after
 * it are authenticated too: a header ends itself, so no two pairs of them give the same bytes. Not
 * thread-safe.
 */
final class HintCipher {
  static final int TAG_LENGTH = 16;

  private final Cipher cipher = newCipher();

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES-GCM", e);
    }
  }

  /** Seals what lies in {@code message} from {@code bodyAt} to {@code end}, in place. */
  int seal(
      SecretKeySpec key, byte[] nonce, Namespace namespace, byte[] message, int bodyAt, int end) {
    try {
      begin(Cipher.ENCRYPT_MODE, key, nonce, namespace, message, bodyAt);
      return bodyAt + cipher.doFinal(message, bodyAt, end - bodyAt, message, bodyAt);
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("the random source gave the same nonce twice running", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not seal", e);
    }
  }

  /** Opens what lies in {@code message} from {@code bodyAt} on; empty if it is not authentic. */
  Optional<byte[]> open(
      SecretKeySpec key, byte[] nonce, Namespace namespace, byte[] message, int bodyAt) {
    try {
      begin(Cipher.DECRYPT_MODE, key, nonce, namespace, message, bodyAt);
      return Optional.of(cipher.doFinal(message, bodyAt, message.length - bodyAt));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not open", e);
    }
  }

  private void begin(
      int mode,
      SecretKeySpec key,
      byte[] nonce,
      Namespace namespace,
      byte[] message,
      int headerLength)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(message, 0, headerLength);
    cipher.updateAAD(namespace.name().getBytes(StandardCharsets.US_ASCII));
  }
}
