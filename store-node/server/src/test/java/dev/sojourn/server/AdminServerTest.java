package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.v1.InspectRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestNodes nodes;

  @BeforeEach
  void startOneNode(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS);
    nodes.start(BOS);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldBeAliveAndReady() throws Exception {
    assertThat(call("GET", "/livez").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/readyz").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/nonsense").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/drain").statusCode()).isEqualTo(405);
  }

  @Test
  void shouldTellWhichPortsItListensAt() throws Exception {
    JsonObject ports =
        JsonParser.parseString(
                Files.readString(nodes.dataDirectory(BOS).resolve(NodePorts.FILE_NAME)))
            .getAsJsonObject();
    assertThat(ports.get("clients").getAsInt()).isEqualTo(nodes.node(BOS).ports().clients());
    assertThat(ports.get("peers").getAsInt()).isEqualTo(nodes.node(BOS).ports().peers());
    assertThat(ports.get("admin").getAsInt()).isEqualTo(nodes.node(BOS).ports().admin());
  }

  @Test
  void shouldTellTheStatusAsJson() throws Exception {
    JsonObject status = json("/status");
    assertThat(status.get("pop").getAsString()).isEqualTo("bos");
    assertThat(status.get("phase").getAsString()).isEqualTo("ready");
    assertThat(status.get("oldest_unconfirmed_grant_millis").getAsLong()).isZero();
    assertThat(status.get("disk_free_bytes").getAsLong()).isPositive();
  }

  @Test
  void shouldTellOfOneSessionByItsHashAndNeverShowContent() throws Exception {
    String hint =
        nodes.client(BOS).execute(nodes.request("", put("secret", "tea")).build()).getHint();
    String hash =
        nodes
            .client(BOS)
            .inspect(InspectRequest.newBuilder().setNamespace("shop").setHint(hint).build())
            .getSessionHash();
    JsonObject session = json("/sessions/" + hash);
    assertThat(session.get("state").getAsString()).isEqualTo("owned");
    assertThat(session.get("epoch").getAsLong()).isEqualTo(1);
    assertThat(session.get("has_payload").getAsBoolean()).isTrue();
    assertThat(session.get("owes").getAsInt()).isZero();
    assertThat(session.toString()).doesNotContain("tea").doesNotContain("secret");

    assertThat(json("/sessions/" + "0".repeat(32)).get("state").getAsString()).isEqualTo("absent");
    assertThat(call("GET", "/sessions/zz").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldExposeMetricsThatNameNoSession() throws Exception {
    String hint =
        nodes.client(BOS).execute(nodes.request("", put("secret", "tea")).build()).getHint();
    HttpResponse<String> metrics = call("GET", "/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(metrics.body())
        .contains("sojourn_requests_total{how=\"local\"} 1")
        .contains("sojourn_steps_total{step=\"created\"} 1")
        .contains("sojourn_oldest_unconfirmed_grant_seconds 0")
        .contains("sojourn_store_sync_seconds_count 1")
        .contains("sojourn_disk_free_bytes")
        .doesNotContain(hint)
        .doesNotContain("tea")
        .endsWith("# EOF\n");
  }

  @Test
  void shouldDoNothingForAPageInABrowser() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + nodes.node(BOS).ports().admin() + "/drain");
    HttpRequest crossSite =
        HttpRequest.newBuilder(uri)
            .header("Origin", "http://elsewhere.example")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(http.send(crossSite, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
    assertThat(json("/status").get("phase").getAsString()).isEqualTo("ready");
  }

  @Test
  void shouldEndInGoodOrderWhenItIsDrained() throws Exception {
    assertThat(call("POST", "/drain").statusCode()).isEqualTo(202);
    assertThat(nodes.node(BOS).awaitEnd()).isEqualTo(ExitStatus.OK);
    assertThat(nodes.dataDirectory(BOS).resolve(NodePorts.FILE_NAME)).doesNotExist();
  }

  private JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = call("GET", path);
    assertThat(response.statusCode()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private HttpResponse<String> call(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + nodes.node(BOS).ports().admin() + path);
    return http.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
