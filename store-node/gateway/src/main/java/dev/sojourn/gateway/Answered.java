package dev.sojourn.gateway;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CompletableFuture;

/** Takes the one answer of a unary call that did not come by gRPC. */
final class Answered<T> extends ServerCallStreamObserver<T> {
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /** Fails with a {@link io.grpc.StatusRuntimeException}. */
  CompletableFuture<T> future() {
    return answer;
  }

  @Override
  public void onNext(T value) {
    answer.complete(value);
  }

  @Override
  public void onError(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  @Override
  public void onCompleted() {}

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}
}
