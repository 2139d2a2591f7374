package dev.sojourn.client.internal;

import dev.sojourn.v1.ExecuteRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One request on its way through all its attempts. The request is never changed, so that each
 * attempt sends the same bytes.
 *
 * <p>Made by any thread; after that only the lane's event loop touches it.
 */
final class Call {
  final ExecuteRequest request;
  final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final long startNanos;
  private final long timeNanos;
  private int attempts;
  private int failures;

  Call(ExecuteRequest request, long startNanos, long timeMillis) {
    this.request = request;
    this.startNanos = startNanos;
    this.timeNanos = TimeUnit.MILLISECONDS.toNanos(timeMillis);
  }

  boolean isDone() {
    return reply.isDone();
  }

  long nanosLeft(long nowNanos) {
    return timeNanos - (nowNanos - startNanos);
  }

  long timeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(timeNanos);
  }

  int attempts() {
    return attempts;
  }

  void sent() {
    attempts++;
  }

  /** Counts a retryable failure; returns how many there were before it. */
  int failed() {
    return failures++;
  }

  void answer(dev.sojourn.v1.ExecuteResponse response, long nowNanos) {
    reply.complete(new Reply.Answered(response, attempts, nowNanos - startNanos));
  }

  void fail(dev.sojourn.v1.ErrorDetail error) {
    reply.complete(new Reply.Failed(error, attempts));
  }
}
