package dev.sojourn.gateway;

import com.google.common.collect.ImmutableList;
import dev.sojourn.server.FreePorts;
import dev.sojourn.server.Node;
import dev.sojourn.server.config.CallerTokens;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.config.TokensFile;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Real nodes of two POPs, Boston and Tokyo, in this process, read from files as any node. A session
 * of {@code shop} follows its user at once.
 */
final class Pops implements AutoCloseable {
  static final String BOSTON = "bos";
  static final String TOKYO = "nrt";

  private final Path directory;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private final List<Integer> peerPorts;

  Pops(Path directory) throws IOException {
    this.directory = directory;
    this.peerPorts = FreePorts.find(2);
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1)));
    Files.writeString(
        directory.resolve("topology.yaml"),
        """
        pops:
          - id: bos
            country: US
            latitude: 42.36
            longitude: -71.06
            endpoint: 127.0.0.1:%d
          - id: nrt
            country: JP
            latitude: 35.76
            longitude: 140.39
            endpoint: 127.0.0.1:%d
        namespaces:
          - name: shop
            move: always
          - name: chat
          - name: forgetful
            window: 1
        """
            .formatted(peerPorts.get(0), peerPorts.get(1)));
  }

  /** Lists a token for each of the two namespaces, for nodes whose gateway asks for them. */
  Pops withTokens() throws IOException {
    CallerTokens all = new CallerTokens(ImmutableList.of());
    for (String namespace : List.of("shop", "chat")) {
      CallerTokens.Fresh fresh =
          all.withFresh(
              new Namespace(namespace), new SecureRandomSource(), LocalDate.of(2026, 1, 1));
      tokens.put(namespace, fresh.token());
      all = fresh.all();
    }
    TokensFile.write(directory.resolve("tokens.yaml"), all);
    return this;
  }

  String token(String namespace) {
    return Objects.requireNonNull(tokens.get(namespace));
  }

  /**
   * Starts the node of a POP.
   *
   * @param more lines for its {@code node.yaml}, beside POP, files and ports
   */
  Gate start(String pop, String more) throws Exception {
    Path file = directory.resolve(pop + ".yaml");
    Files.writeString(file, nodeFile(pop) + more);
    Node node = Node.start(ConfigLoader.load(file), EdgeGateway::open);
    nodes.put(pop, node);
    return new Gate(node.ports().gateway().orElseThrow());
  }

  String nodeFile(String pop) {
    return """
        pop: %s
        data: %s-data
        listen:
          clients: 127.0.0.1:0
          peers: 127.0.0.1:%d
          admin: 127.0.0.1:0
        shards: 2
        """
        .formatted(pop, pop, peerPort(pop));
  }

  int peerPort(String pop) {
    return peerPorts.get(pop.equals(BOSTON) ? 0 : 1);
  }

  Path directory() {
    return directory;
  }

  Node node(String pop) {
    return Objects.requireNonNull(nodes.get(pop), "not running");
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
  }
}
