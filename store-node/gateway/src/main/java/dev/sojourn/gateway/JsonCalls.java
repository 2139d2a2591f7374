package dev.sojourn.gateway;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SerializationFormat;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The session service's unary calls as JSON, in front of the same calls as gRPC-Web. A request's
 * headers are judged before its body is read. Thread-safe.
 */
final class JsonCalls extends SimpleDecoratingHttpService {
  /**
   * What goes on to gRPC. Its frames with JSON inside do not: they would not be read as strictly.
   */
  private static final ImmutableSet<SerializationFormat> GRPC =
      ImmutableSet.of(
          GrpcSerializationFormats.PROTO,
          GrpcSerializationFormats.PROTO_WEB,
          GrpcSerializationFormats.PROTO_WEB_TEXT);

  private static final String EXECUTE =
      "/" + SessionServiceGrpc.getExecuteMethod().getFullMethodName();
  private static final String INSPECT =
      "/" + SessionServiceGrpc.getInspectMethod().getFullMethodName();

  private final SessionDoor door;
  private final StrictJson json;
  private final ConnectErrors errors;
  private final Refusals refusals;

  /** An answer, and the headers that bring its hint. */
  private record Reply(Message body, HttpHeaders more) {}

  JsonCalls(
      HttpService grpc,
      SessionDoor door,
      StrictJson json,
      ConnectErrors errors,
      Refusals refusals) {
    super(grpc);
    this.door = door;
    this.json = json;
    this.errors = errors;
    this.refusals = refusals;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext http, HttpRequest request) throws Exception {
    MediaType type = request.contentType();
    if (type != null && isGrpc(type)) {
      return unwrap().serve(http, request);
    }
    if (request.method() != HttpMethod.POST) {
      StatusRuntimeException error = refusals.malformed("calls are made by POST");
      return errors.respond(error, HttpStatus.METHOD_NOT_ALLOWED).toHttpResponse();
    }
    Optional<String> badForm = badForm(type, request);
    if (badForm.isPresent()) {
      StatusRuntimeException error = refusals.malformed(badForm.get());
      return errors.respond(error, HttpStatus.UNSUPPORTED_MEDIA_TYPE).toHttpResponse();
    }
    SessionDoor.Visit visit;
    try {
      visit = door.admit(request.headers());
    } catch (StatusRuntimeException e) {
      return errors.respond(e).toHttpResponse();
    }
    CompletableFuture<HttpResponse> response =
        request
            .aggregate(AggregationOptions.builder().executor(http.eventLoop()).build())
            .thenCompose(whole -> call(http.path(), visit, whole))
            // Not on the thread that answered, which has sessions to look after.
            .handleAsync(
                (reply, failure) ->
                    failure == null ? respond(reply) : failed(failure, visit.carried()),
                http.eventLoop());
    return HttpResponse.of(response);
  }

  private static boolean isGrpc(MediaType type) {
    for (SerializationFormat format : GRPC) {
      if (format.isAccepted(type)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> badForm(@Nullable MediaType type, HttpRequest request) {
    // Nothing else: a page of another site may send text or forms without asking first.
    if (type == null || !type.is(MediaType.JSON)) {
      return Optional.of("the content type is `application/json`, or one of gRPC-Web");
    }
    return request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity").equals("identity")
        ? Optional.empty()
        : Optional.of("send the body as it is: it may not be compressed");
  }

  private CompletableFuture<Reply> call(
      String path, SessionDoor.Visit visit, AggregatedHttpRequest request) {
    byte[] body = request.content().array();
    if (path.equals(EXECUTE)) {
      ExecuteRequest.Builder call = ExecuteRequest.newBuilder();
      read(body, call);
      return door.execute(visit, call.build())
          .thenApply(
              answer ->
                  new Reply(visit.carried().bodyFor(answer), visit.carried().headersFor(answer)));
    }
    if (path.equals(INSPECT)) {
      InspectRequest.Builder call = InspectRequest.newBuilder();
      read(body, call);
      return door.inspect(visit, call.build())
          .thenApply(answer -> new Reply(answer, HttpHeaders.of()));
    }
    throw refusals.malformed("only `Execute` and `Inspect` can be called as JSON");
  }

  private void read(byte[] body, Message.Builder into) {
    try {
      json.read(body, into);
    } catch (StrictJson.MalformedException e) {
      throw refusals.malformed(String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse respond(Reply reply) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .add(reply.more())
            .build();
    return HttpResponse.of(headers, HttpData.wrap(json.write(reply.body())));
  }

  private HttpResponse failed(Throwable failure, CarriedHint carried) {
    Throwable cause = SessionDoor.cause(failure);
    if (cause instanceof StatusRuntimeException error) {
      return errors.respond(error, carried).toHttpResponse();
    }
    // Of the connection: the body is too long, or did not come. The server's error handler says so.
    return HttpResponse.ofFailure(cause);
  }
}
