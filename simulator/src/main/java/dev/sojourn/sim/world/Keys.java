package dev.sojourn.sim.world;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Names for sessions, as a node's shell makes them, but without its keys: nobody in a simulation
 * could misuse a hash without one.
 */
public final class Keys {
  private Keys() {}

  public static KeyHash hash(SessionKey key) {
    return new KeyHash(
        digest(key.namespace().name(), key.id().birth().name(), key.id().unique().toHex()));
  }

  /**
   * The key of the session that a request without a hint creates at {@code birth} (rule R9c).
   *
   * @param store the id of that POP's store: what a lost one had made is never made again
   */
  public static SessionKey ofNew(
      Namespace namespace, PopId birth, Bytes store, String caller, RequestId request) {
    Bytes unique = digest("new", store.toHex(), namespace.name(), caller, request.value().toHex());
    return new SessionKey(namespace, new SessionId(birth, unique));
  }

  /** The id of a POP's store, which is the {@code number}th that it has had. */
  static Bytes storeId(int number) {
    return digest("store", Integer.toString(number));
  }

  private static Bytes digest(String... parts) {
    MessageDigest sha = sha256();
    for (String part : parts) {
      sha.update(part.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
    }
    return Bytes.wrap(Arrays.copyOf(sha.digest(), KeyHash.LENGTH));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
