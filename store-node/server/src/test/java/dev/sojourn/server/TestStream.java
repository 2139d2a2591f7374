package dev.sojourn.server;

import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.v1.StreamRequest;
import dev.sojourn.v1.StreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A client of the stream that keeps every reply by the id of its call. */
final class TestStream implements StreamObserver<StreamResponse> {
  final Map<Long, StreamResponse.Reply> replies = new ConcurrentHashMap<>();
  final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final StreamObserver<StreamRequest> out;
  private long lastCallId;

  TestStream(ManagedChannel channel) {
    out = SessionServiceGrpc.newStub(channel).stream(this);
  }

  /** Sends all of it in one batch; the call ids follow those of the batch before. */
  void send(List<ExecuteRequest> requests) {
    StreamRequest.Builder batch = StreamRequest.newBuilder();
    for (ExecuteRequest request : requests) {
      batch.addCalls(StreamRequest.Call.newBuilder().setCallId(++lastCallId).setRequest(request));
    }
    out.onNext(batch.build());
  }

  void awaitReplies(int count) {
    TestNodes.await(count + " replies", () -> replies.size() >= count || ended.isDone());
  }

  StreamResponse.Reply reply(long callId) {
    return Objects.requireNonNull(replies.get(callId), "no reply");
  }

  void halfClose() {
    out.onCompleted();
  }

  @Override
  public void onNext(StreamResponse batch) {
    batch.getRepliesList().forEach(reply -> replies.put(reply.getCallId(), reply));
  }

  @Override
  public void onError(Throwable broken) {
    ended.complete(false);
  }

  @Override
  public void onCompleted() {
    ended.complete(true);
  }
}
