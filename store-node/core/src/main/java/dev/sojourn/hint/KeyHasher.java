package dev.sojourn.hint;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Keyed hashes: what stands for a session's id in record names, logs and metrics, and what a new
 * session's id is made of. The same at every POP that has the same record-name key. One for each
 * thread or shard: not thread-safe, and it keeps its MACs.
 */
public final class KeyHasher {
  private static final byte SEPARATOR = 0;
  private static final byte[] UNIQUE_LABEL =
      "sojourn session id 1".getBytes(StandardCharsets.US_ASCII);

  private final Mac names = Hkdf.newMac();
  private final Mac uniques = Hkdf.newMac();

  public KeyHasher(KeyRing keys) {
    byte[] recordNameKey = keys.recordNameKey().unsafeArray();
    Hkdf.initialise(names, recordNameKey);
    // A key of its own: a record's name must tell nothing about an id, not even for chosen values.
    Hkdf.initialise(uniques, new Hkdf().derive(recordNameKey, new byte[0], UNIQUE_LABEL, 32));
  }

  /** The first 16 bytes of HMAC-SHA256(record-name key, namespace 0x00 birth 0x00 unique). */
  public KeyHash hash(SessionKey key) {
    update(names, key.namespace().name());
    names.update(SEPARATOR);
    update(names, key.id().birth().name());
    names.update(SEPARATOR);
    names.update(key.id().unique().unsafeArray());
    return new KeyHash(Bytes.wrap(Arrays.copyOf(names.doFinal(), KeyHash.LENGTH)));
  }

  /**
   * The unique part of the id of a session that {@code request} creates: the same for each retry of
   * the same caller, and not to be guessed by anyone who has seen the request id.
   *
   * @param caller the authenticated client, or the namespace's name where clients are not
   *     authenticated
   * @param store the id of the POP's store: what a lost one had made, and may live on elsewhere,
   *     the next one must not make again
   */
  public Bytes sessionUnique(Namespace namespace, String caller, Bytes store, RequestId request) {
    // No two of them give the same bytes: a namespace holds no 0x00, a request id and a store's id
    // have a fixed length.
    update(uniques, namespace.name());
    uniques.update(SEPARATOR);
    uniques.update(caller.getBytes(StandardCharsets.UTF_8));
    uniques.update(SEPARATOR);
    uniques.update(request.value().unsafeArray());
    uniques.update(store.unsafeArray());
    return Bytes.wrap(Arrays.copyOf(uniques.doFinal(), SessionId.UNIQUE_LENGTH));
  }

  private static void update(Mac mac, String text) {
    mac.update(text.getBytes(StandardCharsets.US_ASCII));
  }
}
