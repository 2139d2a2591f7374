package dev.sojourn.cli.demo.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The shop's edge functions: one for each POP, all in one process of an edge runtime. */
final class EdgeFunctions implements AutoCloseable {
  private static final long START_NANOS_MAX = 60_000_000_000L;
  private static final List<String> SOURCES = List.of("shop.js", "deno.js", "node.mjs");

  private final Process process;

  /**
   * Lays the functions out and starts them; returns once each takes connections.
   *
   * @param directory for their files and their log
   * @param token that opens the gateways
   * @throws CommandFailure if the runtime ends instead, or takes too long
   */
  static EdgeFunctions start(EdgeRuntime runtime, Path directory, List<Edge> edges, String token)
      throws IOException, InterruptedException {
    for (String source : SOURCES) {
      Files.write(directory.resolve(source), Pages.read("/dev/sojourn/cli/demo/web/" + source));
    }
    Files.writeString(directory.resolve("shop.capnp"), forWorkerd(edges));
    Path log = directory.resolve("edge.log");
    ProcessBuilder builder =
        new ProcessBuilder(runtime.command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("TOKEN", token);
    builder.environment().put("EDGES", forOthers(edges));
    builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
    EdgeFunctions functions = new EdgeFunctions(builder.start());
    try {
      for (Edge edge : edges) {
        functions.await(edge, runtime, log);
      }
      return functions;
    } catch (IOException | InterruptedException | CommandFailure e) {
      functions.close();
      throw e;
    }
  }

  private EdgeFunctions(Process process) {
    this.process = process;
  }

  /** With its children: what npm installs may start the real program in a process of its own. */
  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  private void await(Edge edge, EdgeRuntime runtime, Path log)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!answers(edge)) {
      if (!process.isAlive() || System.nanoTime() - start > START_NANOS_MAX) {
        throw CommandFailure.unavailable(
            "the edge functions do not start in " + runtime.name() + " (" + runtime.program() + ")",
            "it says: " + Files.readString(log).strip());
      }
      Thread.sleep(20);
    }
  }

  private static boolean answers(Edge edge) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      // Not listening yet: asked again until it is.
      return false;
    }
  }

  private static String forOthers(List<Edge> edges) {
    JsonArray list = new JsonArray();
    for (Edge edge : edges) {
      JsonObject each = new JsonObject();
      each.addProperty("port", edge.port());
      each.addProperty("gateway", edge.gateway());
      list.add(each);
    }
    return list.toString();
  }

  /** A worker and a socket for each POP, as workerd's configuration has it. */
  private static String forWorkerd(List<Edge> edges) {
    String workers =
        edges.stream()
            .map(
                edge ->
                    String.format(
                        Locale.ROOT,
                        """
                            ( name = "%s", worker = (
                              modules = [ ( name = "shop.js", esModule = embed "shop.js" ) ],
                              compatibilityDate = "2026-11-01",
                              bindings = [
                                ( name = "GATEWAY", text = "%s" ),
                                ( name = "TOKEN", fromEnvironment = "TOKEN" ),
                              ] ) ),
                        """,
                        edge.pop(),
                        edge.gateway()))
            .collect(Collectors.joining());
    String sockets =
        edges.stream()
            .map(
                edge ->
                    String.format(
                        Locale.ROOT,
                        "    ( name = \"%s\", address = \"127.0.0.1:%d\", http = (), service = \"%s\" ),\n",
                        edge.pop(),
                        edge.port(),
                        edge.pop()))
            .collect(Collectors.joining());
    return """
    using Workerd = import "/workerd/workerd.capnp";

    const config :Workerd.Config = (
      services = [
    %s    ( name = "internet", network = ( allow = ["public", "private"] ) ),
      ],
      sockets = [
    %s  ],
    );
    """
        .formatted(workers, sockets);
  }
}
