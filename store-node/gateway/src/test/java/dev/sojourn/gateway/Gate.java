package dev.sojourn.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A node's gateway, as whoever calls it sees it. */
record Gate(int port) {
  static final String EXECUTE = "/sojourn.v1.SessionService/Execute";
  static final String INSPECT = "/sojourn.v1.SessionService/Inspect";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What came back. */
  record Reply(int status, java.net.http.HttpHeaders headers, String body) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    String hint() {
      return header("sojourn-hint").orElseThrow();
    }

    List<String> cookies() {
      return headers.allValues("set-cookie");
    }

    /** The value of the field in the first result, as text. */
    String value(String field) {
      for (var each :
          json()
              .getAsJsonArray("results")
              .get(0)
              .getAsJsonObject()
              .getAsJsonObject("fields")
              .getAsJsonArray("fields")) {
        if (each.getAsJsonObject().get("name").getAsString().equals(field)) {
          String value = each.getAsJsonObject().get("value").getAsString();
          return new String(Base64.getDecoder().decode(value), UTF_8);
        }
      }
      throw new AssertionError("no field `" + field + "`");
    }

    /** The typed error, as the binary and the readable form of the detail both have it. */
    ErrorDetail error() throws InvalidProtocolBufferException {
      assertThat(header("content-type")).contains("application/json");
      JsonObject error = json();
      JsonObject detail = error.getAsJsonArray("details").get(1).getAsJsonObject();
      assertThat(detail.get("type").getAsString()).isEqualTo("sojourn.v1.ErrorDetail");
      ErrorDetail typed =
          ErrorDetail.parseFrom(Base64.getDecoder().decode(detail.get("value").getAsString()));
      JsonObject readable = detail.getAsJsonObject("debug");
      assertThat(readable.get("code").getAsString()).isEqualTo(typed.getCode().name());
      assertThat(error.get("message").getAsString()).isEqualTo(typed.getText());
      return typed;
    }
  }

  Reply execute(String body, String... headers) throws Exception {
    return post(EXECUTE, body.getBytes(UTF_8), headers);
  }

  /**
   * @param headers names and values in turn; without a content type, JSON's is sent
   */
  Reply post(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (Stream.of(headers).noneMatch(name -> name.equalsIgnoreCase("content-type"))) {
      request.header("content-type", "application/json");
    }
    return send(request);
  }

  Reply get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  Reply send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  /** The same call as gRPC-Web sends it: frames with five bytes before each. */
  HttpResponse<byte[]> grpcWeb(ExecuteRequest request, String... headers) throws Exception {
    byte[] message = request.toByteArray();
    ByteBuffer frame = ByteBuffer.allocate(5 + message.length);
    frame.put((byte) 0).putInt(message.length).put(message);
    return CLIENT.send(
        request(EXECUTE)
            .headers(headers)
            .header("content-type", "application/grpc-web+proto")
            .POST(BodyPublishers.ofByteArray(frame.array()))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /** Sends what no client would send, and gives back all that comes until the gateway hangs up. */
  String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(UTF_8);
    }
  }

  /** A request that sets one field of {@code shop}. */
  static String put(String name, String text) {
    String value = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return call(
        "{\"put\": {\"field\": {\"name\": \"" + name + "\", \"value\": \"" + value + "\"}}}");
  }

  static String readAll() {
    return call("{\"get\": {}}");
  }

  /** A request to {@code shop} with these operations. */
  static String call(String operations) {
    return "{\"namespace\": \"shop\", \"operations\": [" + operations + "]}";
  }
}
