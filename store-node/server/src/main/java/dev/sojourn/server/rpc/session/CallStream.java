package dev.sojourn.server.rpc.session;

import dev.sojourn.core.request.Problem;
import dev.sojourn.server.shell.Caller;
import dev.sojourn.server.shell.Shard;
import dev.sojourn.v1.StreamRequest;
import dev.sojourn.v1.StreamResponse;
import dev.sojourn.value.Namespace;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stream of calls. Answers that are ready while others are being written go out together; there
 * is no timer. Everything here happens on the loop of the stream's connection, but for {@link
 * #answered}, which any thread calls that is in the shard.
 *
 * <p>Flow control: while the client does not read its answers, or has as many calls open as one
 * stream may, nothing more is read from it.
 */
final class CallStream implements StreamObserver<StreamRequest> {
  static final int CALLS_OPEN_MAX = 1024;
  private static final int NOT_ADMITTED = -1;
  private static final int BATCH_BYTES_MAX = 64 << 10;

  private final SessionServiceEndpoint service;
  private final ServerCallStreamObserver<StreamResponse> out;
  private final EventLoop loop;
  private final Desk here;
  private final ArrayDeque<Answer> ready = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<Answer> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainAsked = new AtomicBoolean();
  private int open;
  private boolean reading;
  private boolean readOwed;
  private boolean inputDone;
  private boolean closed;

  /**
   * @param size of the request that it answers and of the reply, or {@link #NOT_ADMITTED}
   */
  private record Answer(StreamResponse.Reply reply, int size) {}

  CallStream(
      SessionServiceEndpoint service, ServerCallStreamObserver<StreamResponse> out, int loopIndex) {
    this.service = service;
    this.out = out;
    this.here = service.desk(loopIndex);
    this.loop = service.shards().get(loopIndex).loop();
  }

  /** To be called before the first message is read. */
  void begin() {
    out.disableAutoRequest();
    out.setOnReadyHandler(this::drain);
    out.setOnCancelHandler(this::abandon);
    out.request(1);
  }

  @Override
  public void onNext(StreamRequest batch) {
    reading = true;
    long nowMillis = service.clock().nowMillis();
    for (int i = 0; i < batch.getCallsCount(); i++) {
      take(batch.getCalls(i), nowMillis);
    }
    reading = false;
    drain();
    if (open < CALLS_OPEN_MAX) {
      out.request(1);
    } else {
      readOwed = true;
    }
  }

  @Override
  public void onError(Throwable broken) {
    abandon();
  }

  @Override
  public void onCompleted() {
    inputDone = true;
    endIfDone();
  }

  /** The node shuts down: answers what was accepted, and closes. By any thread. */
  void finish() {
    loop.execute(this::onCompleted);
  }

  private void take(StreamRequest.Call call, long nowMillis) {
    int size = call.getSerializedSize();
    open++;
    if (service.isDraining() || inputDone) {
      refuse(call, Rejections.shuttingDown(), NOT_ADMITTED);
    } else if (call.getRequest().getSerializedSize() > service.requestBytesMax()) {
      refuse(call, Rejections.tooLarge(size, service.requestBytesMax()), NOT_ADMITTED);
    } else if (open > 2 * CALLS_OPEN_MAX || !service.admission().enter(size)) {
      refuse(call, Rejections.busy(), NOT_ADMITTED);
    } else {
      try {
        dispatch(call, here.reader().read(call.getRequest(), nowMillis), size, nowMillis);
      } catch (RejectedRequest e) {
        refuse(call, e.problem(), size);
      }
    }
  }

  private void refuse(StreamRequest.Call call, Problem problem, int size) {
    ready.add(new Answer(here.refuse(call.getCallId(), problem), size));
  }

  private void dispatch(
      StreamRequest.Call call, RequestReader.Accepted accepted, int size, long nowMillis) {
    long deadlineMillis = nowMillis + service.timeLeftMillis(call.getTimeLeftMillis());
    int shardIndex = service.shards().indexOf(accepted.key());
    Shard shard = service.shards().get(shardIndex);
    Namespace namespace = accepted.request().key().namespace();
    long callId = call.getCallId();
    Caller caller =
        reply -> answered(service.desk(shardIndex).answer(callId, namespace, reply), size);
    shard.execute(accepted.key(), accepted.request(), deadlineMillis, caller);
  }

  private void answered(StreamResponse.Reply reply, int size) {
    int replySize = reply.getSerializedSize();
    service.admission().grow(replySize);
    Answer answer = new Answer(reply, size + replySize);
    if (!loop.inEventLoop()) {
      arrived.add(answer);
      askDrain();
    } else {
      ready.add(answer);
      if (!reading) {
        askDrain();
      }
    }
  }

  /** Later, so that all answers that one sync sets free go out together. */
  private void askDrain() {
    if (!drainAsked.get() && drainAsked.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    drainAsked.set(false);
    @Nullable Answer answer;
    while ((answer = arrived.poll()) != null) {
      ready.add(answer);
    }
    if (closed) {
      drop();
      return;
    }
    while (!ready.isEmpty() && out.isReady()) {
      out.onNext(nextBatch());
    }
    if (readOwed && open < CALLS_OPEN_MAX) {
      readOwed = false;
      out.request(1);
    }
    endIfDone();
  }

  private StreamResponse nextBatch() {
    StreamResponse.Builder batch = StreamResponse.newBuilder();
    int bytes = 0;
    @Nullable Answer next;
    while ((next = ready.peek()) != null) {
      int size = next.reply().getSerializedSize();
      if (bytes > 0 && bytes + size > BATCH_BYTES_MAX) {
        break;
      }
      bytes += size;
      ready.remove();
      batch.addReplies(next.reply());
      settle(next);
    }
    return batch.build();
  }

  private void settle(Answer answer) {
    open--;
    if (answer.size() != NOT_ADMITTED) {
      service.admission().leave(answer.size());
    }
  }

  private void endIfDone() {
    if (inputDone && open == 0 && !closed) {
      closed = true;
      service.streamEnded(this);
      out.onCompleted();
    }
  }

  /** The connection is gone: what was accepted goes on, and its answers go nowhere. */
  private void abandon() {
    closed = true;
    service.streamEnded(this);
    drop();
  }

  private void drop() {
    @Nullable Answer answer;
    while ((answer = ready.poll()) != null) {
      settle(answer);
    }
  }
}
