package dev.sojourn.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  private static final String STATUS =
      """
      {"pop":"lhr","phase":"PHASE","up_millis":3720000,"sessions":{"owned":120,"forward":7,
      "tombstone":0},"grants_unconfirmed":1,"oldest_unconfirmed_grant_millis":2500,
      "confirms_owed":3,"announces_owed":4,"disk_free_bytes":2147483648,"peer_links":5,
      "policy":{"deciding":{"versions":[3,4],"policy":"6+7"},"newest":4,"takes_bundles":true,
      "held_by":2,"pops":3},
      "sweep":{"stage":"moving","policy":"7","found":12,"moved":8,"erased":1,"left":3,"frozen":1,"unreadable":2}}
      """;
  private static final String METRICS =
      """
      # TYPE sojourn_requests counter
      sojourn_requests_total{how="granted"} 30.0
      sojourn_requests_total{how="local"} 1200.0
      sojourn_requests_total{how="none"} 0.0
      sojourn_store_sync_seconds_bucket{le="+Inf"} 4 # {trace_id="x"} 1
      sojourn_store_sync_seconds_count 4
      sojourn_store_sync_seconds_sum 0.008
      # EOF
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page("/metrics", METRICS);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldTellAPersonHowANodeStands() {
    page("/status", STATUS.replace("PHASE", "ready"));
    assertThat(status()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("lhr  ready, up 1 h 2 min")
        .contains("120 owned, 7 forward")
        .contains("1 grants, the oldest for 2 s; 3 confirms and 4 announces to repeat")
        .contains("30 granted, 1200 local")
        .contains("4, 2.00 ms each")
        .contains("2.0 GiB free")
        .contains("policy       6+7 decides; the newest is version 4, held by 2 of 3 POPs")
        .contains(
            "moving for policy 7: of 12 sessions 8 moved, 1 erased, 3 left (1 of them frozen); 2"
                + " records unreadable, not judged")
        .contains("alarms       none");
  }

  @Test
  void shouldSayByItsExitCodeThatANodeIsNotReady() {
    page("/status", STATUS.replace("PHASE", "draining"));
    assertThat(status()).isEqualTo(ExitCode.NOT_AS_IT_SHOULD_BE);
    assertThat(out.toString()).contains("lhr  draining");
  }

  @Test
  void shouldPrintStatusAndCountsAsJson() {
    page("/status", STATUS.replace("PHASE", "ready"));
    assertThat(status("--json")).isEqualTo(ExitCode.OK);
    JsonObject json =
        JsonParser.parseString(out.toString()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(json.get("pop").getAsString()).isEqualTo("lhr");
    assertThat(json.getAsJsonObject("requests").get("local").getAsLong()).isEqualTo(1200);
    assertThat(json.get("sync_mean_ms").getAsDouble()).isEqualTo(2.0);
  }

  @Test
  void shouldSayThatSomethingElseAnswersThere() {
    page("/status", "<html>hello</html>");
    assertThat(status()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("is not a node's admin port");
  }

  @Test
  void shouldSayThatNothingAnswers() {
    server.stop(0);
    assertThat(status()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).startsWith("sojourn: no node answers at 127.0.0.1:");
    assertThat(err.toString().lines()).hasSize(2);
  }

  private void page(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private int status(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "status";
    arguments[1] = "--at";
    arguments[2] = "127.0.0.1:" + server.getAddress().getPort();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Sojourn.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
