package dev.sojourn.gateway;

import static dev.sojourn.gateway.Pops.BOSTON;
import static dev.sojourn.gateway.Pops.TOKYO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.gateway.Visitor.Page;
import dev.sojourn.server.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/examples, one source, in real edge runtimes: an edge function in Boston and
 * one in Tokyo, each with the gateway of its own POP's node, and a user who moves from one to the
 * other.
 */
class EdgeRuntimesTest {
  private static final String GATEWAY = "gateway:\n  listen: 127.0.0.1:0\n  tokens: tokens.yaml\n";
  private static final long START_NANOS_MAX = 60_000_000_000L;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Pops pops;

  private final List<Process> edges = new ArrayList<>();

  private interface Command {
    List<String> at(int port);
  }

  @BeforeEach
  void layOut() throws Exception {
    pops = new Pops(directory).withTokens();
  }

  @AfterEach
  void stop() throws Exception {
    for (Process edge : edges) {
      Npm.kill(edge);
    }
    pops.close();
  }

  @Test
  void shouldFollowItsUserInWorkerd() throws Exception {
    Npm examples = built();
    Path workerd = examples.requireInstalled(".bin/workerd", "Cloudflare's workerd");
    tellTheStory(
        examples,
        port ->
            List.of(
                workerd.toString(),
                "serve",
                "cloudflare.capnp",
                "--socket-addr=http=127.0.0.1:" + port));
  }

  @Test
  void shouldFollowItsUserInDeno() throws Exception {
    Npm examples = built();
    Path deno = examples.requireInstalled(".bin/deno", "Deno");
    tellTheStory(
        examples,
        port -> List.of(deno.toString(), "run", "--allow-net", "--allow-env", "build/deno.js"));
  }

  @Test
  void shouldFollowItsUserInNodeAsLambdaAtTheEdge() throws Exception {
    tellTheStory(built(), port -> List.of("node", "build/lambda-local.js"));
  }

  @Test
  void shouldBeBundledForFastly() throws Exception {
    Npm examples = built();
    examples.requireInstalled("@fastly/js-compute", "Fastly's JavaScript SDK");
    examples.run("check");
    assertThat(Files.readString(examples.directory().resolve("build/fastly.js")))
        .contains("fastly:secret-store", "sojourn.v1.SessionService");
  }

  /** {@code sojourn demo --web} must work without npm, so what it runs is checked in. */
  @Test
  void shouldShipTheShopAsItIsBuilt() throws Exception {
    Npm examples = built();
    Path shipped =
        Path.of("../cli/src/main/resources/dev/sojourn/cli/demo/web/shop.js").toAbsolutePath();
    assertThat(Files.readString(shipped))
        .as("renew it: `npm run shop` in docs/examples")
        .isEqualTo(Files.readString(examples.directory().resolve("build/shop.js")));
  }

  @Tag("soak")
  @Test
  void shouldCompileForFastly() throws Exception {
    Npm examples = built();
    Path compiler = examples.requireInstalled(".bin/js-compute-runtime", "Fastly's JavaScript SDK");
    Path wasm = directory.resolve("main.wasm");
    Npm.Ended ended = examples.end(compiler.toString(), "build/fastly.js", wasm.toString());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(wasm).isNotEmptyFile();
  }

  private static Npm built() throws Exception {
    Npm.installed("client-sdk/typescript").run("build");
    Npm examples = Npm.installed("docs/examples");
    examples.run("build");
    return examples;
  }

  private void tellTheStory(Npm examples, Command command) throws Exception {
    int boston = edge(examples, BOSTON, command);
    int tokyo = edge(examples, TOKYO, command);
    Visitor ada = new Visitor();

    Page first = ada.look(boston);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.story()).isEqualTo("nothing is stored yet (NO_HINT)");
    assertThat(first.setCookie()).isEmpty();

    assertThat(ada.press(boston, "add", "apples").status()).isEqualTo(303);
    assertThat(ada.cookie().orElseThrow()).startsWith("sojourn-dev=");
    ada.press(boston, "add", "apples");
    Page filled = ada.look(boston);
    assertThat(filled.count("apples")).isEqualTo(2);
    assertThat(filled.story()).isEqualTo("LOCAL at bos, owned by bos, 0 round trips");
    assertThat(filled.setCookie()).isEmpty();

    String before = ada.cookie().orElseThrow();
    ada.press(boston, "login", "Ada <3");
    assertThat(ada.cookie().orElseThrow()).isNotEqualTo(before);

    Page moved = ada.look(tokyo);
    assertThat(moved.count("apples")).isEqualTo(2);
    assertThat(moved.body()).contains("Ada &#60;3's cart");
    assertThat(moved.story()).isEqualTo("GRANTED at nrt, owned by nrt, 1 round trips");
    assertThat(moved.setCookie()).isPresent();

    ada.press(tokyo, "add", "figs");
    assertThat(ada.look(tokyo).story()).isEqualTo("LOCAL at nrt, owned by nrt, 0 round trips");

    Page home = ada.look(boston);
    assertThat(home.count("apples")).isEqualTo(2);
    assertThat(home.count("figs")).isEqualTo(1);
    assertThat(home.story()).isEqualTo("GRANTED at bos, owned by bos, 1 round trips");

    ada.press(boston, "logout", "");
    assertThat(ada.cookie()).isEmpty();
    assertThat(ada.look(tokyo).count("apples")).isZero();
  }

  /** Starts a POP's node and an edge function beside it. */
  private int edge(Npm examples, String pop, Command command) throws Exception {
    Gate gate = pops.start(pop, GATEWAY);
    int port = FreePorts.find(1).get(0);
    Path log = directory.resolve(pop + ".log");
    Map<String, String> settings =
        Map.of(
            "GATEWAY",
            "http://127.0.0.1:" + gate.port(),
            "TOKEN",
            pops.token("shop"),
            "INSECURE",
            "true",
            "PORT",
            String.valueOf(port));
    Process edge = examples.start(log, settings, command.at(port));
    edges.add(edge);
    awaitAnswer(edge, port, log);
    return port;
  }

  private static void awaitAnswer(Process edge, int port, Path log) throws Exception {
    long startNanos = System.nanoTime();
    while (true) {
      try {
        new Visitor().look(port);
        return;
      } catch (ConnectException e) {
        if (!edge.isAlive() || System.nanoTime() - startNanos > START_NANOS_MAX) {
          throw new AssertionError("the edge function did not start:\n" + read(log), e);
        }
        Thread.sleep(20);
      }
    }
  }

  private static String read(Path log) throws IOException {
    return Files.exists(log) ? Files.readString(log) : "(no log)";
  }
}
