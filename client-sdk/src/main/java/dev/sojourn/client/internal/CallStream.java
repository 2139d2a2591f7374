package dev.sojourn.client.internal;

import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.v1.StreamRequest;
import dev.sojourn.v1.StreamResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One gRPC stream and the calls that wait for their replies on it. Confined to its event loop. */
final class CallStream {
  /** A batch is closed once it holds so many bytes; one call alone may be larger. */
  static final int BATCH_BYTES = 64 * 1024;

  private static final int MESSAGES_AHEAD = 16;

  /** What the lane hears of its stream, always on the event loop. */
  interface Events {
    void ready();

    void replied(Call call, StreamResponse.Reply reply);

    /** The stream is over; {@code unanswered} are its calls without a reply, in the order sent. */
    void closed(CallStream stream, Status status, List<Call> unanswered);
  }

  private final EventLoop loop;
  private final Events events;
  private final ClientCall<StreamRequest, StreamResponse> call;
  private final Map<Long, Call> unanswered = new HashMap<>();
  private long lastId;
  private boolean answeredOnce;

  CallStream(Channel channel, EventLoop loop, Events events) {
    this.loop = loop;
    this.events = events;
    this.call = channel.newCall(SessionServiceGrpc.getStreamMethod(), CallOptions.DEFAULT);
  }

  void start() {
    call.start(new Listener(), new Metadata());
    call.request(MESSAGES_AHEAD);
  }

  boolean isReady() {
    return call.isReady();
  }

  /** Whether a reply has come on this stream, so that the node at the other end is in order. */
  boolean answeredOnce() {
    return answeredOnce;
  }

  /** Sends one batch from the head of {@code waiting}. */
  void sendBatch(Deque<Call> waiting, long nowNanos) {
    StreamRequest.Builder batch = StreamRequest.newBuilder();
    int bytes = 0;
    while (!waiting.isEmpty()) {
      Call next = waiting.getFirst();
      int size = next.request.getSerializedSize();
      if (bytes > 0 && bytes + size > BATCH_BYTES) {
        break;
      }
      waiting.removeFirst();
      if (next.isDone()) {
        continue;
      }
      bytes += size;
      next.sent();
      unanswered.put(++lastId, next);
      long millisLeft = TimeUnit.NANOSECONDS.toMillis(next.nanosLeft(nowNanos));
      batch.addCalls(
          StreamRequest.Call.newBuilder()
              .setCallId(lastId)
              .setTimeLeftMillis(Math.max(1, millisLeft))
              .setRequest(next.request));
    }
    if (batch.getCallsCount() > 0) {
      call.sendMessage(batch.build());
    }
  }

  /** Forgets the calls that nobody waits for any more. */
  void forgetDone() {
    unanswered.values().removeIf(Call::isDone);
  }

  /** Sends nothing more; the node answers what it was sent, and then closes the stream. */
  void end() {
    call.halfClose();
  }

  /** Ends the stream without waiting for replies. */
  void cancel() {
    call.cancel("the client was closed", null);
  }

  private void onReplies(StreamResponse batch) {
    call.request(1);
    answeredOnce = true;
    for (StreamResponse.Reply reply : batch.getRepliesList()) {
      Call answered = unanswered.remove(reply.getCallId());
      if (answered != null) {
        events.replied(answered, reply);
      }
    }
  }

  private void onClosed(Status status) {
    List<Long> ids = new ArrayList<>(unanswered.keySet());
    ids.sort(null);
    List<Call> inOrder = new ArrayList<>(ids.size());
    ids.forEach(id -> inOrder.add(unanswered.get(id)));
    unanswered.clear();
    events.closed(this, status, inOrder);
  }

  /** gRPC calls it on the event loop or, before there is a connection, on any thread. */
  private final class Listener extends ClientCall.Listener<StreamResponse> {
    @Override
    public void onMessage(StreamResponse batch) {
      if (loop.inEventLoop()) {
        onReplies(batch);
      } else {
        loop.execute(() -> onReplies(batch));
      }
    }

    @Override
    public void onReady() {
      loop.execute(events::ready);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      loop.execute(() -> onClosed(status));
    }
  }
}
