package dev.sojourn.server.storage;

import java.util.concurrent.CompletableFuture;

/** Completes a future with the answer of a {@link SessionStore}, for those who may wait for it. */
public record Completion<T>(CompletableFuture<T> future) implements StoreCallback<T> {
  @Override
  public void completed(T answer) {
    future.complete(answer);
  }

  @Override
  public void failed(StorageException cause) {
    future.completeExceptionally(cause);
  }
}
