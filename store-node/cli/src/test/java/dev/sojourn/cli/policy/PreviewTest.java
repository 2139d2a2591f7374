package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of answers that a small node that is well does not give. */
class PreviewTest {
  private static final String SOUND =
      "version: 1\nnamespaces:\n  shop:\n    rules:\n      - {id: a, why: b, store: anywhere}\n";
  private static final String LARGE =
      """
      {"pop":"fra","policy":"1","share":0.25,"unreadable":2,"namespaces":{
      "chat":{"live":100,"frozen":0,"to":{},"parts":0,"nowhere":0},
      "shop":{"live":300,"frozen":1,"to":{"iad":30,"bos":9},"parts":2,"nowhere":1}}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private volatile int code;
  private volatile String body = "";
  private HttpServer server;
  private Path policy;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    policy = Files.writeString(directory.resolve("p.yaml"), SOUND);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/policy/preview", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldSayHowMuchOfALargeStoreWasLookedAt() {
    answer(200, LARGE);
    assertThat(diff(1)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualTo(
            """
            no decision has changed
            fra: 40 of 400 live sessions might not stay in the 25.0 % of its store that was looked at: about 160 in all
              shop: 9 would go to bos; 30 would go to iad; 1 could go nowhere, and would be erased after the grace; 2 parts of split sessions might not be kept here: fetched, or erased after the grace; 1 frozen, and would be left
              2 records unreadable, not judged
            """);
    assertThat(asked).hasValue(SOUND);
  }

  @Test
  void shouldAddUpWhatSeveralNodesSay() {
    answer(200, LARGE);
    assertThat(diff(3)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .endsWith("3 nodes: about 480 of 4800 live sessions might not stay\n");
  }

  @Test
  void shouldSayWhyANodeDoesNotTell() {
    answer(422, "{\"error\":\"no\",\"problems\":[\"policy:7:3: not so\\n 7 | x\",\"more\"]}");
    assertThat(diff(1)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(" cannot obey this policy: policy:7:3: not so\n");
    answer(503, "{\"error\":\"another preview is under way\"}");
    assertThat(diff(1)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains(" answers: another preview is under way\n");
    answer(404, "{\"error\":\"no such page\"}");
    assertThat(diff(1)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains(" cannot tell what a policy would move\n");
    answer(200, "<html>");
    assertThat(diff(1)).isEqualTo(ExitCode.USAGE);
    answer(200, "{\"pop\":\"fra\"}");
    assertThat(diff(1)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(" is not a node's admin port\n");
    server.stop(0);
    assertThat(diff(1)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(out.toString()).as("what is known without a node").endsWith("has changed\n");
    assertThat(err.toString()).contains("sojourn: no node answers at 127.0.0.1:");
  }

  private void answer(int newCode, String newBody) {
    code = newCode;
    body = newBody;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private int diff(int nodes) {
    String[] words = new String[4 + 2 * nodes];
    words[0] = "policy";
    words[1] = "diff";
    words[2] = policy.toString();
    words[3] = policy.toString();
    for (int i = 0; i < nodes; i++) {
      words[4 + 2 * i] = "--at";
      words[5 + 2 * i] = "127.0.0.1:" + server.getAddress().getPort();
    }
    return Sojourn.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words);
  }
}
