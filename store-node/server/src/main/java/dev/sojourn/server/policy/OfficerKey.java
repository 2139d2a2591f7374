package dev.sojourn.server.policy;

import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.SecretFile;
import dev.sojourn.value.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Ed25519 key with which an officer signs policies. Its file holds both halves in PEM form: the
 * JDK cannot tell the public one from the private one. Immutable; its text is none.
 */
public final class OfficerKey {
  private static final String ALGORITHM = "Ed25519";
  private static final int LINE_CHARS = 64;

  private final PrivateKey secret;
  private final PublicKey shown;

  private OfficerKey(PrivateKey secret, PublicKey shown) {
    this.secret = secret;
    this.shown = shown;
  }

  /** One that never was before. */
  public static OfficerKey fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new OfficerKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /**
   * Writes the two files: the private one for its user alone.
   *
   * @throws FileAlreadyExistsException if one of them is there; both are left as they are
   */
  public void create(Path secretFile, Path publicFile) throws IOException {
    if (Files.exists(publicFile)) {
      throw new FileAlreadyExistsException(publicFile.toString());
    }
    SecretFile.create(secretFile, pem("PRIVATE", secret.getEncoded()) + publicPem());
    Files.writeString(publicFile, publicPem(), StandardOpenOption.CREATE_NEW);
  }

  /**
   * @throws IOException if the file cannot be read, or holds no whole key; never with its content
   */
  public static OfficerKey read(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      OfficerKey key =
          new OfficerKey(
              keys.generatePrivate(new PKCS8EncodedKeySpec(part(text, "PRIVATE"))),
              keys.generatePublic(new X509EncodedKeySpec(part(text, "PUBLIC"))));
      if (key.isWhole()) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not with its cause, which might quote the secret; told below.
    }
    throw new IOException("holds no whole key of an officer");
  }

  private boolean isWhole() throws GeneralSecurityException {
    byte[] probe = BigInteger.TEN.toByteArray();
    Signature check = Signature.getInstance(ALGORITHM);
    check.initVerify(shown);
    check.update(probe);
    return check.verify(sign(probe).unsafeArray());
  }

  /** By which nodes know it. */
  public String id() {
    return PolicySigners.idOf(shown);
  }

  /** The public half, in PEM form. */
  public String publicPem() {
    return pem("PUBLIC", shown.getEncoded());
  }

  Bytes sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(text);
      return Bytes.wrap(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK signs no Ed25519", e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    String base64 =
        Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded);
    return "-----BEGIN " + what + " KEY-----\n" + base64 + "\n-----END " + what + " KEY-----\n";
  }

  private static byte[] part(String text, String what) {
    Matcher found =
        Pattern.compile(
                "-----BEGIN " + what + " KEY-----\\s(.*?)-----END " + what + " KEY-----",
                Pattern.DOTALL)
            .matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("no such part");
    }
    return Base64.getMimeDecoder().decode(found.group(1));
  }
}
