package dev.sojourn.client;

import com.google.protobuf.ByteString;
import dev.sojourn.client.internal.Reply;
import dev.sojourn.client.internal.Transport;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.Operation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Makes requests of one namespace, sends them, and waits for those who want to wait. */
record Requests(Transport transport, String namespace, SecureRandom random) {
  private static final int REQUEST_ID_BYTES = 16;
  private static final Duration TIME_MAX = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if {@code time} is not 1 ms to 1 h
   */
  static Duration lawful(Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(TIME_MAX) > 0) {
      throw new IllegalArgumentException("a deadline is 1 ms to 1 h, not " + time);
    }
    return time;
  }

  ExecuteRequest make(String hint, NewSession start, List<Operation> operations) {
    byte[] requestId = new byte[REQUEST_ID_BYTES];
    random.nextBytes(requestId);
    ExecuteRequest.Builder request =
        ExecuteRequest.newBuilder()
            .setNamespace(namespace)
            .setHint(hint)
            .setRequestId(ByteString.copyFrom(requestId))
            .addAllOperations(operations);
    if (hint.isEmpty()) {
      request.setCreate(create(start));
    }
    return request.build();
  }

  CompletableFuture<Reply> send(ExecuteRequest request, Duration time) {
    return transport.execute(request, time.toMillis());
  }

  /** Waits. Every future of ours ends by its deadline, so this does too. */
  <T> T await(CompletableFuture<T> future) {
    if (!future.isDone() && transport.onEventLoop()) {
      throw new IllegalStateException(
          "this thread delivers the answers and must not wait for one; use the Async methods in"
              + " callbacks");
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SojournException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static Create create(NewSession start) {
    Create.Builder create = Create.newBuilder();
    start.residency().ifPresent(create::setResidencyCountry);
    start.idleLifetime().map(Duration::toMillis).ifPresent(create::setIdleLifetimeMillis);
    start.absoluteLifetime().map(Duration::toMillis).ifPresent(create::setAbsoluteLifetimeMillis);
    start.label().ifPresent(create::setLabel);
    return create.build();
  }
}
