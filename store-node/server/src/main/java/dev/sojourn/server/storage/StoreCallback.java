package dev.sojourn.server.storage;

/**
 * Takes the answer of a {@link SessionStore}: exactly one of the two is called, once, by a thread
 * of the store, which it must not hold up.
 */
public interface StoreCallback<T> {
  void completed(T answer);

  void failed(StorageException cause);
}
