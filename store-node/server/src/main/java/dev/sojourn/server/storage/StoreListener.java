package dev.sojourn.server.storage;

/**
 * Watches a store, for metrics, logs and the shell. Called by the store's threads, by several at a
 * time; must be thread-safe and return at once.
 */
public interface StoreListener {
  StoreListener NONE = new StoreListener() {};

  /** A batch of commits was written. */
  default void batchWritten(Batch batch) {}

  /** A record was looked up on disk or in the store's own cache. */
  default void recordLoaded(boolean found, long tookNanos) {}

  /**
   * The free space fell below the reserve, or rose well above it again (R8). Not called at the
   * start while there is enough.
   */
  default void spaceChanged(boolean writable) {}

  /** The store failed for good: the node must stop. Called once. */
  default void failed(StorageException cause) {}

  /**
   * @param commits of all lanes together
   * @param records written or removed
   * @param bytes handed to the log
   * @param synced whether it ended with a sync
   * @param tookNanos writing and syncing
   */
  record Batch(int commits, int records, long bytes, boolean synced, long tookNanos) {}
}
