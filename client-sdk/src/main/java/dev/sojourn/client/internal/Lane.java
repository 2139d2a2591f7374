package dev.sojourn.client.internal;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.StreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with its one stream, to one endpoint at a time.
 *
 * <p>Any thread may put calls in; everything else happens on the event loop. Batches need no timer:
 * a caller wakes the loop once, and whatever queued up until the loop gets round to it, or until
 * the last batch has left, goes out together.
 *
 * <p>When the stream breaks, the calls in flight on it go to the head of the line and are sent
 * again with the same bytes on the next one, which leads to the next endpoint if there are several.
 * That is safe because each bears a request id. Away from its first endpoint, the lane looks now
 * and then whether that one is there again, and then goes back to it.
 */
final class Lane implements CallStream.Events {
  /** Deadlines are looked after in one go, so that a call costs no timer of its own. */
  private static final long SWEEP_MILLIS = 5;

  private static final long LOOK_HOME_MILLIS = 1_000;

  private static final ErrorDetail CLOSED =
      error(ErrorCode.SHUTTING_DOWN, "this client was closed");

  private final EventLoop loop;
  private final Ways ways;
  private final Queue<Call> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final ArrayDeque<Call> unfinished = new ArrayDeque<>();
  private @Nullable CallStream stream;
  private int failedConnects;
  private boolean reconnecting;
  private boolean sweeping;
  private boolean lookingHome;
  private boolean closed;
  private String lastBreak = "";

  Lane(EventLoop loop, Ways ways) {
    this.loop = loop;
    this.ways = ways;
  }

  CompletableFuture<Reply> execute(ExecuteRequest request, long timeMillis) {
    Call call = new Call(request, System.nanoTime(), timeMillis);
    arrivals.add(call);
    if (woken.compareAndSet(false, true)) {
      try {
        loop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        refuseArrivals();
      }
    }
    return call.reply;
  }

  /** The loop has ended: nobody else will look at what came in, not at what comes in right now. */
  private void refuseArrivals() {
    woken.set(false);
    for (Call call = arrivals.poll(); call != null; call = arrivals.poll()) {
      call.fail(CLOSED);
    }
  }

  boolean onLoop() {
    return loop.inEventLoop();
  }

  Ways ways() {
    return ways;
  }

  /** Ends every call that is still waiting, then the stream. */
  void close() {
    loop.execute(
        () -> {
          closed = true;
          drain();
          if (stream != null) {
            stream.cancel();
          }
          ways.channels().forEach(ManagedChannel::shutdown);
        });
  }

  @Override
  public void ready() {
    send();
  }

  @Override
  public void replied(Call call, StreamResponse.Reply reply) {
    failedConnects = 0;
    if (reply.hasOk()) {
      call.answer(reply.getOk(), System.nanoTime());
    } else {
      retryOrFail(call, reply.getError());
    }
  }

  @Override
  public void closed(CallStream broken, Status status, List<Call> unanswered) {
    if (closed) {
      return;
    }
    for (int i = unanswered.size() - 1; i >= 0; i--) {
      waiting.addFirst(unanswered.get(i));
    }
    if (broken != stream) {
      // One that was left behind for home; what it left unanswered goes on with the present one.
      send();
      return;
    }
    lastBreak = reason(status);
    stream = null;
    ways.next();
    lookHomeLater();
    if (broken.answeredOnce()) {
      failedConnects = 0;
    }
    reconnecting = true;
    long pauseMillis = Backoff.RECONNECT.millis(failedConnects++, 0);
    loop.schedule(this::reconnect, pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void reconnect() {
    reconnecting = false;
    // gRPC's own pause after a refused connection starts at a second; ours is the shorter one.
    ways.current().resetConnectBackoff();
    send();
  }

  private void lookHomeLater() {
    if (!lookingHome && !ways.isHome()) {
      lookingHome = true;
      loop.schedule(this::lookHome, LOOK_HOME_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookHome() {
    lookingHome = false;
    if (closed || ways.isHome()) {
      return;
    }
    if (!ways.homeAnswers()) {
      lookHomeLater();
      return;
    }
    ways.goHome();
    CallStream away = stream;
    stream = null;
    if (away != null) {
      away.end();
    }
    send();
  }

  private void drain() {
    woken.set(false);
    for (Call call = arrivals.poll(); call != null; call = arrivals.poll()) {
      waiting.add(call);
      unfinished.add(call);
    }
    if (closed) {
      unfinished.forEach(call -> call.fail(CLOSED));
      unfinished.clear();
      waiting.clear();
      return;
    }
    sweepLater();
    send();
  }

  private void send() {
    if (closed || reconnecting || waiting.isEmpty()) {
      return;
    }
    CallStream open = stream;
    if (open == null) {
      open = new CallStream(ways.current(), loop, this);
      stream = open;
      open.start();
    }
    long nowNanos = System.nanoTime();
    while (!waiting.isEmpty() && open.isReady()) {
      open.sendBatch(waiting, nowNanos);
    }
  }

  private void retryOrFail(Call call, ErrorDetail error) {
    if (!error.getRetryable() || closed) {
      call.fail(error);
      return;
    }
    long pauseMillis = Backoff.RETRY.millis(call.failed(), error.getRetryAfterMillis());
    if (TimeUnit.MILLISECONDS.toNanos(pauseMillis) >= call.nanosLeft(System.nanoTime())) {
      call.fail(error);
      return;
    }
    loop.schedule(() -> again(call), pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void again(Call call) {
    if (!call.isDone()) {
      waiting.add(call);
      send();
    }
  }

  private void sweepLater() {
    if (!sweeping && !unfinished.isEmpty()) {
      sweeping = true;
      loop.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    sweeping = false;
    long nowNanos = System.nanoTime();
    unfinished.removeIf(Call::isDone);
    if (unfinished.removeIf(call -> expired(call, nowNanos))) {
      forgetDone();
    }
    sweepLater();
  }

  private void forgetDone() {
    waiting.removeIf(Call::isDone);
    if (stream != null) {
      stream.forgetDone();
    }
  }

  private boolean expired(Call call, long nowNanos) {
    if (call.nanosLeft(nowNanos) > 0) {
      return false;
    }
    String why = lastBreak.isEmpty() || failedConnects == 0 ? "" : "; the connection: " + lastBreak;
    call.fail(
        error(
            ErrorCode.DEADLINE_EXCEEDED,
            "no answer from " + ways.target() + " within " + call.timeMillis() + " ms" + why));
    return true;
  }

  private static ErrorDetail error(ErrorCode code, String text) {
    return Reply.local(code, true, text, 0).error();
  }

  private static String reason(Status status) {
    Throwable cause = status.getCause();
    String text = status.getDescription();
    String detail = cause != null && cause.getMessage() != null ? cause.getMessage() : text;
    return status.getCode() + (detail == null ? "" : ", " + detail);
  }
}
