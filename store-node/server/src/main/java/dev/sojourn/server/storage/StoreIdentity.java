package dev.sojourn.server.storage;

import dev.sojourn.value.Bytes;

/**
 * Who a store is. Peers keep it, so that they notice a store that is another one than it was.
 *
 * @param storeId 16 random bytes made when the store was created
 * @param incarnation 1 at its creation, one more each time it is opened; durable before the store
 *     takes its first call
 * @param intactSince the incarnation that began after the latest end that was not in good order: a
 *     crash may have undone what an earlier one wrote and did not sync; 1 if there was none
 */
public record StoreIdentity(Bytes storeId, long incarnation, long intactSince) {
  public static final int STORE_ID_LENGTH = 16;

  public StoreIdentity {
    if (storeId.length() != STORE_ID_LENGTH) {
      throw new IllegalArgumentException("a store id has 16 bytes, not " + storeId.length());
    }
  }
}
