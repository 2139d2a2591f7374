package dev.sojourn.cli.demo.node;

import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The files of a cluster on one machine: a directory for each node with its {@code node.yaml}, its
 * data and its own view of the topology, in which every other POP is reached through a port that
 * only this node uses.
 */
public final class ClusterFiles {
  /** The only namespace. */
  public static final String NAMESPACE = "demo";

  private static final String POLICY = "policy: ../policy.yaml\n";

  private final Path directory;
  private final List<Site> sites;
  private final Map<PopId, NodePorts> ports;
  private final Function<NodePorts, String> additions;

  /** The loopback port under which one POP reaches another. */
  public interface PeerPorts {
    int port(PopId from, PopId to);
  }

  /**
   * @param directory where everything goes; {@code keys.yaml} is expected there
   */
  public ClusterFiles(Path directory, List<Site> sites, Map<PopId, NodePorts> ports) {
    this(directory, sites, ports, own -> "");
  }

  private ClusterFiles(
      Path directory,
      List<Site> sites,
      Map<PopId, NodePorts> ports,
      Function<NodePorts, String> additions) {
    this.directory = directory;
    this.sites = List.copyOf(sites);
    this.ports = Map.copyOf(ports);
    this.additions = additions;
  }

  /** The same under a residency policy; {@code policy.yaml} is expected in the directory. */
  public ClusterFiles withPolicy() {
    return new ClusterFiles(directory, sites, ports, own -> POLICY);
  }

  /**
   * The same with an edge gateway at each node, and a residency policy; {@code tokens.yaml} and
   * {@code policy.yaml} are expected in the directory.
   */
  public ClusterFiles withGateways() {
    return new ClusterFiles(directory, sites, ports, own -> POLICY + gatewayOf(own));
  }

  /**
   * Writes all files.
   *
   * @return each POP's {@code node.yaml}
   */
  public Map<PopId, Path> write(PeerPorts peerPorts) throws IOException {
    Map<PopId, Path> nodeFiles = new LinkedHashMap<>();
    for (Site site : sites) {
      Path home = Files.createDirectories(directory.resolve(site.pop().name()));
      Files.writeString(home.resolve("topology.yaml"), topologyOf(site.pop(), peerPorts));
      nodeFiles.put(site.pop(), Files.writeString(home.resolve("node.yaml"), nodeOf(site.pop())));
    }
    return nodeFiles;
  }

  private String nodeOf(PopId pop) {
    NodePorts own = portsOf(pop);
    return String.format(
            Locale.ROOT,
            """
        pop: %s
        data: data
        topology: topology.yaml
        keys: ../keys.yaml
        listen:
          clients: 127.0.0.1:%d
          peers: 127.0.0.1:%d
          admin: 127.0.0.1:%d
        """,
            pop,
            own.clients(),
            own.peers(),
            own.admin())
        + additions.apply(own);
  }

  private static String gatewayOf(NodePorts own) {
    return String.format(
        Locale.ROOT,
        """
        gateway:
          listen: 127.0.0.1:%d
          tokens: ../tokens.yaml
        """,
        own.gateway());
  }

  private String topologyOf(PopId viewer, PeerPorts peerPorts) {
    StringBuilder yaml = new StringBuilder("pops:\n");
    for (Site site : sites) {
      int port =
          site.pop().equals(viewer) ? portsOf(viewer).peers() : peerPorts.port(viewer, site.pop());
      yaml.append(
          String.format(
              Locale.ROOT,
              """
                - id: %s
                  country: %s
                  latitude: %.4f
                  longitude: %.4f
                  endpoint: 127.0.0.1:%d
              """,
              site.pop(),
              site.country(),
              site.latitude(),
              site.longitude(),
              port));
    }
    // A traveller's day lasts a second here, so the default, which waits until a session was quiet
    // for ten, would take the demo's time and show nothing more.
    return yaml.append("namespaces:\n  - name: " + NAMESPACE + "\n    move: always\n").toString();
  }

  private NodePorts portsOf(PopId pop) {
    NodePorts own = ports.get(pop);
    if (own == null) {
      throw new IllegalArgumentException("no ports for " + pop);
    }
    return own;
  }
}
