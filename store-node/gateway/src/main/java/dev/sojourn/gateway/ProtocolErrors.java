package dev.sojourn.gateway;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sojourn.core.request.ErrorCode;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP server itself refuses, as typed errors in Connect's shape. Thread-safe. */
final class ProtocolErrors implements ServerErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProtocolErrors.class);

  private final ConnectErrors errors;
  private final Refusals refusals;

  ProtocolErrors(ConnectErrors errors, Refusals refusals) {
    this.errors = errors;
    this.refusals = refusals;
  }

  /** Left to the server's own handler, which comes back for {@link #renderStatus}. */
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext http, Throwable cause) {
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext http,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    if (cause instanceof RequestTimeoutException) {
      return errors.respond(
          refusals.of(ErrorCode.DEADLINE_EXCEEDED, "the request took longer than `gateway.time`"));
    }
    if (cause instanceof ShuttingDownException) {
      return errors.respond(
          refusals.of(ErrorCode.SHUTTING_DOWN, "this node takes no new requests: it shuts down"));
    }
    if (status.isServerError() && cause != null) {
      // Not its message, which may quote what was sent.
      StackTraceElement[] trace = cause.getStackTrace();
      LOG.error(
          "a fault in the gateway: {} at {}",
          cause.getClass().getName(),
          trace.length == 0 ? "an unknown place" : trace[0]);
    }
    return errors.respond(problem(status), status);
  }

  private StatusRuntimeException problem(HttpStatus status) {
    return switch (status.code()) {
      case 404 -> refusals.malformed("there is nothing at this path");
      case 405 -> refusals.malformed("calls are made by POST");
      case 413 -> refusals.of(ErrorCode.LIMIT_EXCEEDED, "the body is larger than `gateway.body`");
      case 431 ->
          refusals.of(ErrorCode.LIMIT_EXCEEDED, "the headers are larger than `gateway.headers`");
      default ->
          status.isServerError()
              ? refusals.of(ErrorCode.INTERNAL, "the gateway failed to answer")
              : refusals.malformed("the request breaks a rule of HTTP");
    };
  }
}
