package dev.sojourn.server.rpc.session;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.hint.HintSealer;
import dev.sojourn.server.rpc.convert.ErrorConverter;
import dev.sojourn.server.rpc.convert.HintSeal;
import dev.sojourn.server.rpc.convert.ReplyConverter;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.StreamResponse;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;

/**
 * What it takes to read requests and to write answers. The reader is for one event loop alone; the
 * sealer is for the turns of one shard alone, whichever thread is in there.
 */
final class Desk {
  /** For problems of requests that reached no session. */
  static final HintSeal NO_HINT = hint -> new HintSeal.Sealed("", 0);

  private final PopId self;
  private final RequestReader reader;
  private final HintSealer sealer;
  private final RequestObserver observer;
  private final NodeClock clock;

  Desk(
      PopId self,
      RequestReader reader,
      HintSealer sealer,
      RequestObserver observer,
      NodeClock clock) {
    this.self = self;
    this.reader = reader;
    this.sealer = sealer;
    this.observer = observer;
    this.clock = clock;
  }

  RequestReader reader() {
    return reader;
  }

  /** Answers a call of a stream. */
  StreamResponse.Reply answer(long callId, Namespace namespace, Reply reply) {
    StreamResponse.Reply.Builder answer = StreamResponse.Reply.newBuilder().setCallId(callId);
    if (reply.outcome() instanceof Outcome.Success success) {
      answer.setOk(success(namespace, reply, success));
    } else if (reply.outcome() instanceof Outcome.Failure failure) {
      observer.refused(failure.problem().code());
      answer.setError(ErrorConverter.toDetail(failure.problem(), self, sealFor(namespace)));
    }
    return answer.build();
  }

  /** Answers a unary call. */
  void answer(UnaryCall<ExecuteResponse> call, Namespace namespace, Reply reply) {
    if (reply.outcome() instanceof Outcome.Success success) {
      call.complete(success(namespace, reply, success));
    } else if (reply.outcome() instanceof Outcome.Failure failure) {
      observer.refused(failure.problem().code());
      call.fail(ErrorConverter.toStatus(failure.problem(), self, sealFor(namespace)));
    }
  }

  /** Refuses a call of a stream that went no further. */
  StreamResponse.Reply refuse(long callId, Problem problem) {
    observer.refused(problem.code());
    return StreamResponse.Reply.newBuilder()
        .setCallId(callId)
        .setError(ErrorConverter.toDetail(problem, self, NO_HINT))
        .build();
  }

  /** Refuses a unary call that went no further. */
  void refuse(UnaryCall<?> call, Problem problem) {
    observer.refused(problem.code());
    call.fail(ErrorConverter.toStatus(problem, self, NO_HINT));
  }

  private ExecuteResponse success(Namespace namespace, Reply reply, Outcome.Success success) {
    observer.answered(reply.how());
    return ReplyConverter.toProto(reply, success, self, sealFor(namespace));
  }

  private HintSeal sealFor(Namespace namespace) {
    return hint ->
        new HintSeal.Sealed(
            sealer.seal(namespace, hint),
            Math.max(1, (hint.expiresAtMillis() - clock.nowMillis()) / 1000));
  }
}
