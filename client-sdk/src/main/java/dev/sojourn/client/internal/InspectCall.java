package dev.sojourn.client.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.Channel;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The unary Inspect call; its errors come in the trailer, as a `google.rpc.Status`. */
public final class InspectCall {
  /** What the call ended in. */
  public sealed interface Answer {
    record Found(InspectResponse response) implements Answer {}

    record Failed(ErrorDetail error) implements Answer {}
  }

  private InspectCall() {}

  static CompletableFuture<Answer> start(Channel channel, InspectRequest request, long timeMillis) {
    Waiting waiting = new Waiting();
    SessionServiceGrpc.newStub(channel)
        .withDeadlineAfter(timeMillis, TimeUnit.MILLISECONDS)
        .inspect(request, waiting);
    return waiting.answer;
  }

  /** The typed detail that {@code failure} carries; one of ours if it carries none. */
  static ErrorDetail detail(Throwable failure) {
    Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any each : status.getDetailsList()) {
        if (each.is(ErrorDetail.class)) {
          ErrorDetail detail = unpacked(each);
          if (detail != null) {
            return detail;
          }
        }
      }
    }
    io.grpc.Status bare = io.grpc.Status.fromThrowable(failure);
    boolean late =
        bare.getCode() == io.grpc.Status.Code.DEADLINE_EXCEEDED
            || bare.getCode() == io.grpc.Status.Code.UNAVAILABLE;
    return Reply.local(
            late ? ErrorCode.DEADLINE_EXCEEDED : ErrorCode.INTERNAL,
            late,
            "the node did not answer: " + bare.getCode(),
            1)
        .error();
  }

  private static @Nullable ErrorDetail unpacked(Any any) {
    try {
      return any.unpack(ErrorDetail.class);
    } catch (InvalidProtocolBufferException e) {
      // A detail that cannot be read is as good as none: the bare status still says something.
      return null;
    }
  }

  private static final class Waiting implements StreamObserver<InspectResponse> {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    @Override
    public void onNext(InspectResponse response) {
      answer.complete(new Answer.Found(response));
    }

    @Override
    public void onError(Throwable failure) {
      answer.complete(new Answer.Failed(detail(failure)));
    }

    @Override
    public void onCompleted() {
      answer.complete(
          new Answer.Failed(
              Reply.local(ErrorCode.INTERNAL, false, "the node answered nothing", 1).error()));
    }
  }
}
