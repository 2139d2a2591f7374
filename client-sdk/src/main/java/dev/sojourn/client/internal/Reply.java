package dev.sojourn.client.internal;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteResponse;

/** What a call ended in. {@code attempts} counts how often its bytes were put on the wire. */
public sealed interface Reply {
  int attempts();

  /** The node answered. */
  record Answered(ExecuteResponse response, int attempts, long elapsedNanos) implements Reply {}

  /** The node refused, or nobody answered in time. */
  record Failed(ErrorDetail error, int attempts) implements Reply {}

  /** An error that the SDK itself has found. */
  static Failed local(ErrorCode code, boolean retryable, String text, int attempts) {
    return new Failed(
        ErrorDetail.newBuilder().setCode(code).setRetryable(retryable).setText(text).build(),
        attempts);
  }
}
