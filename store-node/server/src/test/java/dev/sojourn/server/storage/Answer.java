package dev.sojourn.server.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A callback that a test can wait for. */
public final class Answer<T> implements StoreCallback<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  @Override
  public void completed(T answer) {
    if (!future.complete(answer)) {
      throw new AssertionError("answered twice");
    }
  }

  @Override
  public void failed(StorageException cause) {
    if (!future.completeExceptionally(cause)) {
      throw new AssertionError("answered twice");
    }
  }

  /** Waits for the answer, or throws what the store failed with. */
  public T await() throws StorageException {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the store did not answer", e);
    }
  }
}
