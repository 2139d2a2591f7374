package dev.sojourn.bench;

import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.node.NodeProcess;
import dev.sojourn.cli.demo.node.TemporaryDirectory;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.PopId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One node and two echo servers, each in a process of its own. */
final class Servers implements AutoCloseable {
  static final String NAMESPACE = ClusterFiles.NAMESPACE;

  private final TemporaryDirectory directory;
  private final NodeProcess node;
  private final Echo direct;
  private final Echo byDefault;

  private record Echo(Process process, int port) {}

  private Servers(TemporaryDirectory directory, NodeProcess node, Echo direct, Echo byDefault) {
    this.directory = directory;
    this.node = node;
    this.direct = direct;
    this.byDefault = byDefault;
  }

  static Servers start() throws IOException, InterruptedException {
    TemporaryDirectory directory = new TemporaryDirectory("sojourn-bench-");
    NodeProcess node = startNode(directory.path(), "");
    node.awaitReady();
    return new Servers(directory, node, startEcho("direct"), startEcho("default"));
  }

  int nodePort() {
    return node.ports().clients();
  }

  int directEchoPort() {
    return direct.port();
  }

  int defaultEchoPort() {
    return byDefault.port();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    node.kill();
    direct.process().destroyForcibly();
    byDefault.process().destroyForcibly();
    directory.close();
  }

  /**
   * Starts a node with everything in {@code directory}.
   *
   * @param more lines for its {@code node.yaml}
   */
  static NodeProcess startNode(Path directory, String more) throws IOException {
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.now(ZoneOffset.UTC)));
    Site site = Site.all().get(0);
    Map<PopId, NodePorts> allPorts = NodePorts.free(List.of(site.pop()));
    NodePorts ports = allPorts.values().iterator().next();
    Map<PopId, Path> files =
        new ClusterFiles(directory, List.of(site), allPorts).write((from, to) -> 0);
    Path nodeFile = files.values().iterator().next();
    Files.writeString(nodeFile, more, StandardOpenOption.APPEND);
    return NodeProcess.start(site.pop(), ports, nodeFile, List.of());
  }

  private static Echo startEcho(String executor) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BareEcho.class.getName(), executor));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = lines.readLine();
    if (port == null) {
      throw new IOException("the echo server did not start");
    }
    return new Echo(process, Integer.parseInt(port));
  }
}
