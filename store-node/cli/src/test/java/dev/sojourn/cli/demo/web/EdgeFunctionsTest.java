package dev.sojourn.cli.demo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.server.FreePorts;
import dev.sojourn.value.PopId;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Each runtime takes the shop's edge functions; here beside gateways that are not there. */
class EdgeFunctionsTest {
  private static final String PATH =
      System.getenv("PATH") + File.pathSeparator + "../../docs/examples/node_modules/.bin";

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource(EdgeRuntime.Kind.class)
  void shouldRunInEachRuntime(EdgeRuntime.Kind kind) throws Exception {
    EdgeRuntime runtime = only(kind).orElseThrow(() -> skipped(kind));
    List<Edge> edges =
        List.of(
            new Edge(new PopId("bos"), FreePorts.find(1).get(0), FreePorts.find(1).get(0)),
            new Edge(new PopId("nrt"), FreePorts.find(1).get(0), FreePorts.find(1).get(0)));
    try (EdgeFunctions running = EdgeFunctions.start(runtime, directory, edges, "a-token")) {
      assertThat(running).isNotNull();
      for (Edge edge : edges) {
        assertThat(order(edge, "{")).isEqualTo("no JSON");
        assertThat(order(edge, "null")).contains("NO_HINT");
        assertThat(order(edge, "{\"add\": \"apples\"}"))
            .contains("\"calls\":[]", "GATEWAY_UNREACHABLE");
      }
    }
  }

  /** The runtime, found where nothing else can be. */
  private Optional<EdgeRuntime> only(EdgeRuntime.Kind kind) throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Optional<Path> program =
        Stream.of(PATH.split(File.pathSeparator))
            .map(each -> Path.of(each, kind.command()))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isPresent()) {
      Files.createSymbolicLink(bin.resolve(kind.command()), program.get().toRealPath());
    }
    return EdgeRuntime.find(bin.toString());
  }

  private static TestAbortedException skipped(EdgeRuntime.Kind kind) {
    String why = "there is no `" + kind.command() + "` on this machine";
    System.out.println("SKIPPED, the shop's edge functions: " + why);
    return new TestAbortedException("skipped: " + why);
  }

  private static String order(Edge edge, String json) throws Exception {
    HttpRequest order =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/"))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(order, HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
