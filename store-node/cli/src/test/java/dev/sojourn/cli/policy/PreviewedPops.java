package dev.sojourn.cli.policy;

import dev.sojourn.client.NewSession;
import dev.sojourn.client.SojournClient;
import dev.sojourn.server.FreePorts;
import dev.sojourn.server.Node;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Real nodes in Frankfurt and Washington with sessions at rest: a German's name in Frankfurt, and
 * in Washington two Europeans' carts and the names of an American and a Brazilian.
 */
final class PreviewedPops implements AutoCloseable {
  private final Path directory;
  private final List<Integer> peerPorts;
  private final Deque<Node> nodes = new ArrayDeque<>();
  private final List<Integer> adminPorts;

  /**
   * @param policy that both obey
   */
  PreviewedPops(Path directory, String policy)
      throws IOException, InvalidYamlException, NodeFailure {
    this.directory = directory;
    this.peerPorts = FreePorts.find(2);
    Files.writeString(directory.resolve("policy.yaml"), policy);
    Files.writeString(
        directory.resolve("topology.yaml"),
        """
        pops:
          - {id: fra, country: DE, latitude: 50.1, longitude: 8.7, endpoint: "127.0.0.1:%d"}
          - {id: iad, country: US, latitude: 38.9, longitude: -77.5, endpoint: "127.0.0.1:%d"}
        namespaces:
          - name: shop
        """
            .formatted(peerPorts.get(0), peerPorts.get(1)));
    KeysFile.create(
        directory.resolve("keys.yaml"), NodeKeys.fresh(new SecureRandomSource(), LocalDate.EPOCH));
    try {
      Node fra = start("fra", peerPorts.get(0));
      Node iad = start("iad", peerPorts.get(1));
      make(fra, "DE", "name");
      make(iad, "DE", "cart.items");
      make(iad, "FR", "cart.items");
      make(iad, "US", "name");
      make(iad, "BR", "name");
      adminPorts = List.of(fra.ports().admin(), iad.ports().admin());
    } catch (RuntimeException | IOException | InvalidYamlException | NodeFailure e) {
      close();
      throw e;
    }
  }

  /** First Frankfurt's. */
  List<Integer> adminPorts() {
    return adminPorts;
  }

  private Node start(String pop, int peerPort)
      throws IOException, InvalidYamlException, NodeFailure {
    Path file =
        Files.writeString(
            directory.resolve(pop + ".yaml"),
            """
            pop: %s
            data: data-%s
            topology: topology.yaml
            keys: keys.yaml
            policy: policy.yaml
            listen:
              clients: 127.0.0.1:0
              peers: 127.0.0.1:%d
              admin: 127.0.0.1:0
            """
                .formatted(pop, pop, peerPort));
    Node node = Node.start(ConfigLoader.load(file));
    nodes.push(node);
    return node;
  }

  private static void make(Node node, String residency, String field) {
    try (SojournClient client =
        SojournClient.builder("127.0.0.1:" + node.ports().clients(), "shop").build()) {
      client.start(NewSession.defaults().residency(residency)).putText(field, "x").save();
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
