package dev.sojourn.server.config;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/**
 * The public keys of those whose signature a policy needs, by their {@link #idOf ids}. Immutable.
 */
public record PolicySigners(ImmutableMap<String, PublicKey> byId) {
  static final String ALGORITHM = "Ed25519";

  private static final int ID_DIGITS = 16;

  /** A key's name: the first 16 hexadecimal digits of the SHA-256 of its X.509 form. */
  public static String idOf(PublicKey key) {
    return Hashing.sha256().hashBytes(key.getEncoded()).toString().substring(0, ID_DIGITS);
  }

  public ImmutableSet<String> ids() {
    return byId.keySet();
  }

  public boolean knows(String id) {
    return byId.containsKey(id);
  }

  /** Whether the key of this id has signed {@code text}; no if there is no such key. */
  public boolean isSignedBy(String id, byte[] text, byte[] signature) {
    PublicKey key = byId.get(id);
    if (key == null) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException notOne) {
      return false;
    }
  }
}
