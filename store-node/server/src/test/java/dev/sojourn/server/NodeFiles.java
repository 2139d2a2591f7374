package dev.sojourn.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.BooleanSupplier;

/** The three files of a lone node in a directory, and what it writes beside them. */
final class NodeFiles {
  static final String TOPOLOGY =
      """
      pops:
        - id: bos
          country: US
          latitude: 42.36
          longitude: -71.06
          endpoint: 127.0.0.1:7401
      namespaces:
        - name: shop
      """;

  private static final String NODE =
      """
      pop: bos
      data: data
      topology: topology.yaml
      keys: keys.yaml
      listen:
        clients: 127.0.0.1:0
        peers: 127.0.0.1:0
        admin: 127.0.0.1:0
      """;

  private final Path directory;

  NodeFiles(Path directory) throws IOException {
    this.directory = directory;
    write("node.yaml", NODE);
    write("topology.yaml", TOPOLOGY);
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1)));
  }

  Path node() {
    return directory.resolve("node.yaml");
  }

  void write(String name, String content) throws IOException {
    Files.write(directory.resolve(name), content.getBytes(UTF_8));
  }

  /**
   * Waits until the node has said where it listens.
   *
   * @param over whether it has ended without that
   */
  JsonObject awaitPorts(BooleanSupplier over) throws IOException {
    Path ports = directory.resolve("data").resolve(NodePorts.FILE_NAME);
    TestNodes.await("the node is ready", () -> Files.exists(ports) || over.getAsBoolean());
    return JsonParser.parseString(Files.readString(ports)).getAsJsonObject();
  }
}
