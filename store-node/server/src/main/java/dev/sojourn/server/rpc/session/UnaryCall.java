package dev.sojourn.server.rpc.session;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** A call that gets one answer. A client that has given up is no error. */
final class UnaryCall<T> {
  private final ServerCallStreamObserver<T> out;

  UnaryCall(StreamObserver<T> out) {
    this.out = (ServerCallStreamObserver<T>) out;
    // With a handler set, an answer to a cancelled call is dropped instead of thrown back.
    this.out.setOnCancelHandler(() -> {});
  }

  void complete(T answer) {
    out.onNext(answer);
    out.onCompleted();
  }

  void fail(StatusRuntimeException status) {
    out.onError(status);
  }
}
