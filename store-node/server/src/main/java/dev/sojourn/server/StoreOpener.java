package dev.sojourn.server;

import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.RandomSource;

/** Opens a node's store: where another kind of store comes in. */
interface StoreOpener {
  /**
   * @throws StorageException if it cannot be opened; then nothing of it is left open
   */
  SessionStore open(RocksStoreOptions options, RandomSource random, StoreListener listener)
      throws StorageException;
}
