package dev.sojourn.cli.demo.node;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.Sojourn;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, started from this process's class path. */
public final class NodeProcess {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int LOG_LINES_TOLD = 8;

  private final PopId pop;
  private final NodePorts ports;
  private final Path log;
  private final Process process;

  /**
   * Flags for nodes that live for a minute: the quick compiler is the better one then, and it
   * starts them in half the time.
   */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  /** Starts a short-lived node and returns at once. */
  public static NodeProcess start(PopId pop, NodePorts ports, Path nodeFile) throws IOException {
    return start(pop, ports, nodeFile, SHORT_LIVED);
  }

  /**
   * Starts a node and returns at once.
   *
   * @param nodeFile its {@code node.yaml}; logs and temporary files go beside it
   * @param jvmFlags for its JVM, besides those that every node needs
   */
  public static NodeProcess start(PopId pop, NodePorts ports, Path nodeFile, List<String> jvmFlags)
      throws IOException {
    Path home = nodeFile.toAbsolutePath().resolveSibling("");
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    Path log = home.resolve("node.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    // A killed node cannot tidy up, so its unpacked library must lie where we do.
    command.add("-Djava.io.tmpdir=" + temporary);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Sojourn.class.getName(), "node", "--config", nodeFile.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // Nothing is ever said to a node on its standard input.
    process.getOutputStream().close();
    return new NodeProcess(pop, ports, log, process);
  }

  private NodeProcess(PopId pop, NodePorts ports, Path log, Process process) {
    this.pop = pop;
    this.ports = ports;
    this.log = log;
    this.process = process;
  }

  public PopId pop() {
    return pop;
  }

  public NodePorts ports() {
    return ports;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the node says that it is ready.
   *
   * @throws CommandFailure if it ends instead, or takes too long; with the end of its log
   */
  public void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!isReady(client)) {
      if (!process.isAlive()) {
        throw failure("ended with exit code " + process.exitValue() + " instead of starting");
      }
      if (System.nanoTime() - deadline > 0) {
        throw failure("is not ready after " + START_PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(25);
    }
  }

  /** Asks the node to finish what it accepted and stop; kills it if it takes too long. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** Ends the process without a last word (SIGKILL), and returns once it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + ports.admin() + "/readyz");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // Not listening yet: asked again until the deadline.
      return false;
    }
  }

  private CommandFailure failure(String what) {
    return CommandFailure.unavailable(
        "the node of POP `" + pop + "` " + what, "see its log, which ends with:\n" + endOfLog());
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      int from = Math.max(0, lines.size() - LOG_LINES_TOLD);
      return "    " + String.join("\n    ", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "    (" + log + " cannot be read)";
    }
  }
}
