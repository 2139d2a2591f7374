package dev.sojourn.gateway;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.server.rpc.session.SessionServiceEndpoint;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceImplBase;
import dev.sojourn.value.RequestId;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.netty.util.AsciiString;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The session service as it is seen from outside: looks at who calls and where the hint is, and
 * hands on to the node's own service. Calls it on the thread that read the request, and never
 * blocks. Thread-safe.
 */
final class SessionDoor extends SessionServiceImplBase {
  private static final AsciiString TIMEOUT = HttpHeaderNames.of("connect-timeout-ms");

  /**
   * An object that is given this key gets another prototype instead, where it is a JavaScript one.
   */
  private static final String POLLUTING_NAME = "__proto__";

  private final SessionServiceEndpoint sessions;
  private final Callers callers;
  private final HintCookie cookie;
  private final long callMillisMax;
  private final SecureRandom random = new SecureRandom();
  private final Refusals refusals;

  /** What the headers of a request said. */
  record Visit(Callers.Pass pass, CarriedHint carried, long timeMillis) {}

  SessionDoor(
      SessionServiceEndpoint sessions,
      Callers callers,
      HintCookie cookie,
      long callMillisMax,
      Refusals refusals) {
    this.sessions = sessions;
    this.callers = callers;
    this.cookie = cookie;
    this.callMillisMax = callMillisMax;
    this.refusals = refusals;
  }

  /**
   * Looks at the headers of a request, before its body is read.
   *
   * @throws StatusRuntimeException with the typed error to answer
   */
  Visit admit(RequestHeaders headers) {
    Callers.Pass pass = callers.admit(headers, refusals);
    return new Visit(pass, CarriedHint.find(headers, cookie, refusals), timeMillis(headers));
  }

  /** Fails with a {@link StatusRuntimeException}. */
  CompletableFuture<ExecuteResponse> execute(Visit visit, ExecuteRequest request) {
    checkNamespace(visit, request.getNamespace());
    request.getOperationsList().forEach(this::checkNames);
    ExecuteRequest.Builder whole =
        request.toBuilder().setHint(visit.carried().agreeWith(request.getHint(), refusals));
    if (request.getRequestId().isEmpty()) {
      byte[] fresh = new byte[RequestId.LENGTH];
      random.nextBytes(fresh);
      whole.setRequestId(ByteString.copyFrom(fresh));
    }
    Answered<ExecuteResponse> answered = new Answered<>();
    sessions.execute(whole.build(), visit.timeMillis(), answered);
    return answered.future();
  }

  /** Fails with a {@link StatusRuntimeException}. */
  CompletableFuture<InspectResponse> inspect(Visit visit, InspectRequest request) {
    checkNamespace(visit, request.getNamespace());
    String hint = visit.carried().agreeWith(request.getHint(), refusals);
    Answered<InspectResponse> answered = new Answered<>();
    sessions.inspect(request.toBuilder().setHint(hint).build(), answered);
    return answered.future();
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> out) {
    ServiceRequestContext http = ServiceRequestContext.current();
    answer(
        out,
        () -> {
          Visit visit = admit(http.request().headers());
          return execute(visit, request)
              .handle(
                  (answer, failure) -> {
                    if (failure == null) {
                      add(http, visit.carried().headersFor(answer));
                      return visit.carried().bodyFor(answer);
                    }
                    if (cause(failure) instanceof StatusRuntimeException error) {
                      add(http, visit.carried().headersFor(error));
                      throw visit.carried().bodyFor(error);
                    }
                    throw new CompletionException(cause(failure));
                  });
        });
  }

  private static void add(ServiceRequestContext http, HttpHeaders more) {
    http.mutateAdditionalResponseHeaders(headers -> headers.add(more));
  }

  @Override
  public void inspect(InspectRequest request, StreamObserver<InspectResponse> out) {
    RequestHeaders headers = ServiceRequestContext.current().request().headers();
    answer(out, () -> inspect(admit(headers), request));
  }

  private interface Attempt<T> {
    CompletableFuture<T> make();
  }

  private static <T> void answer(StreamObserver<T> out, Attempt<T> attempt) {
    CompletableFuture<T> made;
    try {
      made = attempt.make();
    } catch (StatusRuntimeException e) {
      out.onError(e);
      return;
    }
    made.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            out.onNext(value);
            out.onCompleted();
          } else {
            out.onError(cause(failure));
          }
        });
  }

  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void checkNamespace(Visit visit, String namespace) {
    if (!visit.pass().isFor(namespace)) {
      throw refusals.of(ErrorCode.CALLER_REFUSED, "the token is not one of this namespace");
    }
  }

  private void checkNames(Operation operation) {
    boolean pollutes =
        switch (operation.getOperationCase()) {
          case GET -> operation.getGet().getNamesList().contains(POLLUTING_NAME);
          case PUT -> operation.getPut().getField().getName().equals(POLLUTING_NAME);
          case REMOVE -> operation.getRemove().getName().equals(POLLUTING_NAME);
          case INCREMENT -> operation.getIncrement().getName().equals(POLLUTING_NAME);
          case APPEND -> operation.getAppend().getName().equals(POLLUTING_NAME);
          case REQUIRE_VERSION, TOUCH, ROTATE, DESTROY, OPERATION_NOT_SET -> false;
        };
    if (pollutes) {
      throw refusals.malformed(
          "a field named `__proto__` would change objects of JavaScript programs");
    }
  }

  private long timeMillis(RequestHeaders headers) {
    List<String> asked = headers.getAll(TIMEOUT);
    if (asked.isEmpty()) {
      return callMillisMax;
    }
    if (asked.size() > 1 || !asked.get(0).matches("\\d{1,10}")) {
      throw refusals.malformed("`connect-timeout-ms` is a number of at most 10 digits");
    }
    return Math.max(1, Math.min(Long.parseLong(asked.get(0)), callMillisMax));
  }
}
