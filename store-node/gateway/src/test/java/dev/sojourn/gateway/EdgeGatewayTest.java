package dev.sojourn.gateway;

import static dev.sojourn.gateway.Gate.EXECUTE;
import static dev.sojourn.gateway.Gate.put;
import static dev.sojourn.gateway.Gate.readAll;
import static dev.sojourn.gateway.Pops.BOSTON;
import static dev.sojourn.gateway.Pops.TOKYO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.sojourn.gateway.Gate.Reply;
import dev.sojourn.server.Node;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a port of its node: what it speaks, what it shows, when it gives up. */
class EdgeGatewayTest {
  private static final String GATEWAY = "gateway:\n  listen: 127.0.0.1:0\n";

  @SuppressWarnings("NullAway.Init")
  private Pops pops;

  @BeforeEach
  void layOut(@TempDir Path directory) throws Exception {
    pops = new Pops(directory);
  }

  @AfterEach
  void stop() {
    pops.close();
  }

  @Test
  void shouldBeOffUnlessConfiguredAndByOneFlag() throws Exception {
    for (String more : List.of("", GATEWAY + "  enabled: false\n")) {
      Path file = pops.directory().resolve("node.yaml");
      Files.writeString(file, pops.nodeFile(BOSTON) + more);
      try (Node node = Node.start(ConfigLoader.load(file), EdgeGateway::open)) {
        assertThat(node.ports().gateway()).isEmpty();
      }
    }
  }

  @Test
  void shouldRefuseToStartWhereThePortIsTaken() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY);
    NodeFailure failure =
        catchThrowableOfType(
            NodeFailure.class,
            () -> pops.start(TOKYO, "gateway:\n  listen: 127.0.0.1:" + boston.port() + "\n"));
    assertThat(failure.line())
        .contains("cannot listen at `127.0.0.1:" + boston.port() + "`")
        .contains("choose another in `gateway.listen`");
    // Nothing of it is left: the same node starts at another port.
    assertThat(pops.start(TOKYO, GATEWAY).get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void shouldAskForTokensAndTlsBeyondLoopback() throws Exception {
    Path file = pops.directory().resolve("node.yaml");
    Files.writeString(
        file, pops.nodeFile(BOSTON) + "gateway:\n  listen: 0.0.0.0:0\n  origins: [shop]\n");
    InvalidYamlException refused =
        catchThrowableOfType(InvalidYamlException.class, () -> ConfigLoader.load(file));
    assertThat(refused.getMessage())
        .contains("what is said there can be read")
        .contains("without `tokens` the gateway asks nobody who they are")
        .contains("`shop` is not an origin such as `https://shop.example.net`");
  }

  @Test
  void shouldTellHowTheNodeIs() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY);
    boston.execute(put("cart", "1"));
    assertThat(boston.get("/livez").body()).isEqualTo("{\"phase\":\"ready\"}\n");
    assertThat(boston.get("/readyz").status()).isEqualTo(200);
    Reply metrics = boston.get("/metrics");
    assertThat(metrics.header("content-type").orElseThrow()).contains("openmetrics-text");
    assertThat(metrics.body()).contains("sojourn_requests_total{how=\"local\"} 1.0");
  }

  @Test
  void shouldSpeakHttp2() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response =
          client.send(
              boston
                  .request(EXECUTE)
                  .header("content-type", "application/json")
                  .POST(BodyPublishers.ofString(put("cart", "1")))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.headers().firstValue("sojourn-hint")).isPresent();
    }
  }

  @Test
  void shouldSpeakGrpcWebWithTheSameRules() throws Exception {
    Gate boston = pops.withTokens().start(BOSTON, GATEWAY + "  tokens: tokens.yaml\n");
    ExecuteRequest request =
        ExecuteRequest.newBuilder()
            .setNamespace("shop")
            .setRequestId(ByteString.copyFrom(new byte[16]))
            .addOperations(
                Operation.newBuilder()
                    .setIncrement(Operation.Increment.newBuilder().setName("hits").setBy(2)))
            .build();
    HttpResponse<byte[]> created =
        boston.grpcWeb(request, "authorization", "Bearer " + pops.token("shop"));
    ByteBuffer frames = ByteBuffer.wrap(created.body());
    assertThat(frames.get()).isZero();
    byte[] message = new byte[frames.getInt()];
    frames.get(message);
    ExecuteResponse answer = ExecuteResponse.parseFrom(message);
    assertThat(answer.getResults(0).getNumber()).isEqualTo(2);
    assertThat(created.headers().firstValue("sojourn-hint")).contains(answer.getHint());
    assertThat(new String(created.body(), UTF_8)).contains("grpc-status: 0");

    HttpResponse<byte[]> refused =
        boston.grpcWeb(request, "authorization", "Bearer " + pops.token("chat"));
    String status = new String(refused.body(), UTF_8) + refused.headers().map();
    assertThat(status).containsPattern("grpc-status[:=] ?\\[?16").doesNotContain("sojourn-hint");
  }

  @Test
  void shouldLetPagesOfAllowedOriginsReadTheHint() throws Exception {
    String origin = "https://shop.example.net";
    Gate boston = pops.start(BOSTON, GATEWAY + "  origins: [" + origin + "]\n");
    Reply preflight =
        boston.send(
            boston
                .request(EXECUTE)
                .method("OPTIONS", BodyPublishers.noBody())
                .headers(
                    "origin", origin,
                    "access-control-request-method", "POST",
                    "access-control-request-headers", "content-type,sojourn-hint"));
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("access-control-allow-origin")).contains(origin);
    assertThat(preflight.header("access-control-allow-headers").orElseThrow())
        .contains("sojourn-hint", "authorization", "content-type");

    Reply called = boston.execute(put("cart", "1"), "origin", origin);
    assertThat(called.header("access-control-allow-origin")).contains(origin);
    assertThat(called.header("access-control-expose-headers").orElseThrow())
        .contains("sojourn-hint");
    assertThat(called.header("vary").orElseThrow()).isEqualToIgnoringCase("origin");

    Reply other =
        boston.send(
            boston
                .request(EXECUTE)
                .method("OPTIONS", BodyPublishers.noBody())
                .headers(
                    "origin", "https://evil.example", "access-control-request-method", "POST"));
    assertThat(other.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void shouldShowPagesWithRequestsThatWorkAsTheyStand() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY + "  docs: true\n");
    Reply pages = boston.get("/docs/");
    assertThat(pages.body()).contains("<title>");
    // They would load fonts from elsewhere, and so tell that host who looks at them.
    assertThat(pages.header("content-security-policy").orElseThrow())
        .startsWith("default-src 'self';")
        .doesNotContain("http");
    JsonObject page =
        JsonParser.parseString(boston.get("/docs/specification.json").body()).getAsJsonObject();
    String specification = page.toString();
    assertThat(specification)
        .contains("sojourn.v1.SessionService", "application/json; charset=utf-8; protocol=gRPC")
        .doesNotContain("StreamRequest");

    List<String> examples = Examples.requests(new Namespace("shop"));
    String origin = "http://127.0.0.1:" + boston.port();
    for (String example : examples) {
      assertThat(specification)
          .contains(
              JsonParser.parseString(example)
                  .getAsJsonObject()
                  .get("namespace")
                  .toString()
                  .replace("\"", "\\\""));
      for (int i = 0; i < 2; i++) {
        Reply reply =
            boston.execute(
                example,
                "origin",
                origin,
                "content-type",
                "application/json; charset=utf-8; protocol=gRPC");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      }
    }
  }

  @Test
  void shouldNameItsCookieForDevelopmentOnLoopbackAndWhenInsecureIsSpeltOut() throws Exception {
    Gate boston = pops.start(BOSTON, "insecure: true\n" + GATEWAY);
    Reply created = boston.execute(put("cart", "1"), "sojourn-hint-carrier", "cookie");
    assertThat(created.cookies().get(0))
        .startsWith("sojourn-dev=")
        .contains("; HttpOnly; SameSite=Lax; Path=/; ")
        .doesNotContain("Secure");
    String cookie = created.cookies().get(0);
    assertThat(
            boston
                .execute(readAll(), "cookie", cookie.substring(0, cookie.indexOf(';')))
                .value("cart"))
        .isEqualTo("1");
  }

  @Test
  void shouldSayInTimeThatTheOwnerDoesNotAnswer() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY);
    Gate tokyo = pops.start(TOKYO, GATEWAY);
    String hint = boston.execute(put("cart", "1")).hint();
    pops.node(BOSTON).close();

    Reply reply = tokyo.execute(readAll(), "sojourn-hint", hint, "connect-timeout-ms", "300");
    assertThat(reply.status()).isIn(503, 504);
    assertThat(reply.error().getCode())
        .isIn(ErrorCode.OWNER_UNREACHABLE, ErrorCode.DEADLINE_EXCEEDED);
    assertThat(reply.error().getRetryable()).isTrue();
  }

  @Test
  void shouldGiveUpOnABodyThatDoesNotCome() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY + "  time: 300ms\n");
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), boston.port())) {
      slow.setSoTimeout(60_000);
      OutputStream out = slow.getOutputStream();
      out.write(
          ("POST "
                  + EXECUTE
                  + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                  + "content-length: 100\r\n\r\n{\"names")
              .getBytes(UTF_8));
      out.flush();
      byte[] first = slow.getInputStream().readNBytes(12);
      assertThat(new String(first, UTF_8)).isEqualTo("HTTP/1.1 504");
    }
  }

  @Test
  void shouldAnswerWhatItHasAcceptedBeforeTheNodeEnds() throws Exception {
    Gate boston = pops.start(BOSTON, GATEWAY);
    Gate tokyo = pops.start(TOKYO, GATEWAY);
    String hint = boston.execute(put("cart", "1")).hint();
    pops.node(BOSTON).close();
    // Whoever calls Boston now is heard, and never answered.
    try (ServerSocket silent =
        new ServerSocket(pops.peerPort(BOSTON), 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Reply> waiting = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  waiting.complete(
                      tokyo.execute(readAll(), "sojourn-hint", hint, "connect-timeout-ms", "2000"));
                } catch (Exception e) {
                  waiting.completeExceptionally(e);
                }
              });
      caller.start();
      while (pops.node(TOKYO).status().callsOpen() == 0 && !waiting.isDone()) {
        Thread.onSpinWait();
      }
      pops.node(TOKYO).close();
      assertThat(silent.isClosed()).isFalse();
      Reply reply = waiting.get(60, TimeUnit.SECONDS);
      assertThat(reply.status()).isGreaterThanOrEqualTo(500);
      assertThat(reply.error().getRetryable()).isTrue();
    }
    assertThat(catchThrowableOfType(ConnectException.class, () -> tokyo.get("/livez"))).isNotNull();
  }
}
