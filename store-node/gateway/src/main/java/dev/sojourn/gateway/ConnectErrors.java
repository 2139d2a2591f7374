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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Errors in the shape of Connect's unary calls: a status that is not 200, and a body with {@code
 * code}, {@code message} and {@code details}. Each detail stands there as protobuf, in {@code
 * value}, and as JSON, in {@code debug}. Thread-safe.
 */
final class ConnectErrors {
  private static final int RETRY_AFTER_SECONDS_MIN = 1;

  private final StrictJson json;

  ConnectErrors(StrictJson json) {
    this.json = json;
  }

  AggregatedHttpResponse respond(StatusRuntimeException error) {
    return respond(error, httpStatusOf(error.getStatus().getCode()));
  }

  AggregatedHttpResponse respond(StatusRuntimeException error, HttpStatus status) {
    return respond(error, status, Optional.empty());
  }

  /**
   * @param carried where a fresh hint goes out, if the error brings one
   */
  AggregatedHttpResponse respond(StatusRuntimeException error, CarriedHint carried) {
    return respond(error, httpStatusOf(error.getStatus().getCode()), Optional.of(carried));
  }

  private AggregatedHttpResponse respond(
      StatusRuntimeException error, HttpStatus status, Optional<CarriedHint> carried) {
    com.google.rpc.Status whole = StatusProto.fromThrowable(error);
    JsonObject body = new JsonObject();
    body.addProperty("code", nameOf(error.getStatus().getCode()));
    body.addProperty("message", String.valueOf(error.getStatus().getDescription()));
    JsonArray details = new JsonArray();
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (status.equals(HttpStatus.UNAUTHORIZED)) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    for (Any packed : whole == null ? List.<Any>of() : whole.getDetailsList()) {
      Message detail = unpack(packed);
      if (detail instanceof ErrorDetail ours) {
        if (carried.isPresent()) {
          headers.add(carried.get().headersFor(ours.getHint(), ours.getHintMaxAgeSeconds()));
          detail = carried.get().inCookie() ? ours.toBuilder().clearHint().build() : ours;
        }
        if (ours.getRetryAfterMillis() > 0) {
          headers.setLong(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS_MIN);
        }
      }
      details.add(describe(detail));
    }
    body.add("details", details);
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
