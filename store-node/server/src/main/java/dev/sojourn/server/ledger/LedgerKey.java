package dev.sojourn.server.ledger;

import dev.sojourn.server.config.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** The Ed25519 key with which a POP signs the heads of its ledger. Immutable; its text is none. */
public final class LedgerKey {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey secret;
  private final String publicKey;

  private LedgerKey(PrivateKey secret, String publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** One that never was before. */
  public static LedgerKey fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new LedgerKey(pair.getPrivate(), encode(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /**
   * Reads {@code file}, or makes it with a fresh key, for its user alone.
   *
   * @throws IOException if it can be neither read nor made, or holds no key
   */
  public static LedgerKey open(Path file) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    LedgerKey key = fresh();
    SecretFile.create(file, encode(key.secret.getEncoded()) + "\n" + key.publicKey + "\n");
    return key;
  }

  private static LedgerKey read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      byte[] encoded = Base64.getDecoder().decode(lines.get(0));
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      LedgerKey key = new LedgerKey(secret, lines.get(1));
      if (isSignedBy(key.publicKey, "whole", key.sign("whole"))) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Not with its cause, which might quote the secret; told below.
    }
    throw new IOException("holds no whole Ed25519 key; put the old file back");
  }

  /** For those who check: base64 of its X.509 form. */
  public String publicKey() {
    return publicKey;
  }

  /** The signature of {@code text}, in base64. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK signs no Ed25519", e);
    }
  }

  /** Whether {@code signature} is one of {@code text}; no key and no signature is a no. */
  static boolean isSignedBy(String publicKey, String text, String signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
