package dev.sojourn.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sojourn.v1.ErrorDetail;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Errors in the shape of Connect's unary calls: a status that is not 200, and a body with {@code
 * code}, {@code message} and {@code details}. Each detail stands there as protobuf, in {@code
 * value}, and as JSON, in {@code debug}. Thread-safe.
 */
final class ConnectErrors {
  private final StrictJson json;

  ConnectErrors(StrictJson json) {
    this.json = json;
  }

  AggregatedHttpResponse respond(StatusRuntimeException error) {
    return respond(error, httpStatusOf(error.getStatus().getCode()));
  }

  AggregatedHttpResponse respond(StatusRuntimeException error, HttpStatus status) {
    return respond(error, status, HttpHeaders.of());
  }

  /**
   * @param carried where a fresh hint goes out, if the error brings one
   */
  AggregatedHttpResponse respond(StatusRuntimeException error, CarriedHint carried) {
    return respond(
        carried.bodyFor(error),
        httpStatusOf(error.getStatus().getCode()),
        carried.headersFor(error));
  }

  private AggregatedHttpResponse respond(
      StatusRuntimeException error, HttpStatus status, HttpHeaders more) {
    JsonObject body = new JsonObject();
    body.addProperty("code", nameOf(error.getStatus().getCode()));
    body.addProperty("message", String.valueOf(error.getStatus().getDescription()));
    JsonArray details = new JsonArray();
    com.google.rpc.Status whole = StatusProto.fromThrowable(error);
    if (whole != null) {
      whole.getDetailsList().forEach(packed -> details.add(describe(unpack(packed))));
    }
    body.add("details", details);
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .add(more);
    if (status.equals(HttpStatus.UNAUTHORIZED)) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    long retryMillis = TypedErrors.detailOf(error).getRetryAfterMillis();
    if (retryMillis > 0) {
      headers.setLong(HttpHeaderNames.RETRY_AFTER, (retryMillis + 999) / 1000);
    }
    return AggregatedHttpResponse.of(
        headers.build(), HttpData.wrap(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private JsonObject describe(Message detail) {
    JsonObject described = new JsonObject();
    described.addProperty("type", detail.getDescriptorForType().getFullName());
    described.addProperty(
        "value", Base64.getEncoder().withoutPadding().encodeToString(detail.toByteArray()));
    String debug = new String(json.write(detail), StandardCharsets.UTF_8);
    described.add("debug", JsonParser.parseString(debug));
    return described;
  }

  private static Message unpack(Any packed) {
    try {
      return packed.is(ErrorDetail.class)
          ? packed.unpack(ErrorDetail.class)
          : packed.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail that we made ourselves", e);
    }
  }

  /** Connect's name of a code: {@code invalid_argument} and the like. */
  private static String nameOf(Status.Code code) {
    return code == Status.Code.CANCELLED ? "canceled" : code.name().toLowerCase(Locale.ROOT);
  }

  /** As the Connect protocol has it. */
  private static HttpStatus httpStatusOf(Status.Code code) {
    return switch (code) {
      case CANCELLED -> HttpStatus.valueOf(499);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case OK, UNKNOWN, DATA_LOSS, INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
