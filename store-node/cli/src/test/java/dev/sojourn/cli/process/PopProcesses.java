package dev.sojourn.cli.process;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.node.NodeProcess;
import dev.sojourn.client.Inspection;
import dev.sojourn.client.SojournClient;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real nodes in JVMs of their own, that a test can kill and start again on the same directory, with
 * relays between them that can hold particular messages. There is no distance between them.
 */
final class PopProcesses implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Holds holds = new Holds();
  private final Map<PopId, NodePorts> ports = new LinkedHashMap<>();
  private final Map<List<PopId>, MessageRelay> relays = new LinkedHashMap<>();
  private final Map<PopId, NodeProcess> processes = new LinkedHashMap<>();
  private final Map<PopId, SojournClient> clients = new LinkedHashMap<>();
  private final Map<PopId, Path> nodeFiles;

  /** Starts a node for each POP, and returns when all are ready. */
  PopProcesses(Path directory, List<PopId> pops) throws IOException, InterruptedException {
    this(directory, pops, Optional.empty());
  }

  /** The same, each obeying this policy. */
  PopProcesses(Path directory, List<PopId> pops, Optional<String> policy)
      throws IOException, InterruptedException {
    List<Site> sites = Site.all().stream().filter(site -> pops.contains(site.pop())).toList();
    ports.putAll(NodePorts.free(pops));
    for (PopId from : pops) {
      for (PopId to : pops) {
        if (!from.equals(to)) {
          relays.put(List.of(from, to), new MessageRelay(from, to, ports(to).peers(), holds));
        }
      }
    }
    KeysFile.create(
        directory.resolve("keys.yaml"), NodeKeys.fresh(new SecureRandomSource(), LocalDate.EPOCH));
    nodeFiles =
        new ClusterFiles(directory, sites, ports)
            .write((from, to) -> relayOf(List.of(from, to)).port());
    if (policy.isPresent()) {
      Files.writeString(directory.resolve("policy.yaml"), policy.get());
      for (Path nodeFile : nodeFiles.values()) {
        Files.writeString(nodeFile, "policy: ../policy.yaml\n", StandardOpenOption.APPEND);
      }
    }
    for (PopId pop : pops) {
      launch(pop);
      clients.put(pop, newClient(pop));
    }
    for (PopId pop : pops) {
      process(pop).awaitReady();
      // The first request of a JVM takes long where much else runs, and a drain must not: what a
      // relay holds meanwhile is given up when nothing has come by way of it for some seconds.
      send(HttpRequest.newBuilder(admin(pop, "/livez")));
    }
  }

  private URI admin(PopId pop, String path) {
    return URI.create("http://127.0.0.1:" + ports(pop).admin() + path);
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    http.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  Holds holds() {
    return holds;
  }

  /** A client at this POP that repeats what can be repeated for a minute. */
  SojournClient client(PopId pop) {
    SojournClient client = clients.get(pop);
    if (client == null) {
      throw new IllegalArgumentException("no client at " + pop);
    }
    return client;
  }

  NodePorts ports(PopId pop) {
    NodePorts own = ports.get(pop);
    if (own == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    return own;
  }

  /** SIGKILL, and gone when this returns. */
  void kill(PopId pop) throws InterruptedException {
    process(pop).kill();
  }

  /** Starts it again on its directory and ports; ready when this returns. */
  void restart(PopId pop) throws IOException, InterruptedException {
    launch(pop);
    process(pop).awaitReady();
  }

  /** Asked to end, and gone when this returns. */
  void stop(PopId pop) throws InterruptedException {
    process(pop).stop();
  }

  /**
   * Asks a node to end. When this returns, its shards have been told to take no session in; it
   * lives on until what it has accepted is answered, for ten seconds at most.
   */
  void drain(PopId pop) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(admin(pop, "/drain")).POST(HttpRequest.BodyPublishers.noBody()));
    Path portsFile = dataDirectory(pop).resolve(dev.sojourn.server.NodePorts.FILE_NAME);
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    // The first thing that a node takes away once its shards are told.
    while (Files.exists(portsFile)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the node of " + pop + " does not begin to end");
      }
      Thread.sleep(5);
    }
  }

  /** For a person who looks for what went wrong. */
  String endOfLog(PopId pop) throws IOException {
    List<String> lines = Files.readAllLines(dataDirectory(pop).resolveSibling("node.log"));
    return "log of " + pop + ":\n" + String.join("\n", Iterables.limit(Lists.reverse(lines), 30));
  }

  /** The states in the store of a POP whose node is gone. */
  Map<KeyHash, SessionState> stored(PopId pop) throws StorageException {
    return Maps.transformValues(records(pop), SessionRecord::state);
  }

  /** The same, with what a POP keeps beside its state. */
  Map<KeyHash, SessionRecord> records(PopId pop) throws StorageException {
    return StoredRecords.of(dataDirectory(pop).resolve("store"));
  }

  /** What each POP knows of the session. */
  List<Inspection> inspect(String hint) {
    return clients.values().stream().map(client -> client.inspect(hint, false)).toList();
  }

  @Override
  public void close() throws InterruptedException {
    clients.values().forEach(SojournClient::close);
    for (NodeProcess process : processes.values()) {
      process.kill();
    }
    for (MessageRelay relay : relays.values()) {
      relay.close();
    }
  }

  private void launch(PopId pop) throws IOException {
    processes.put(pop, NodeProcess.start(pop, ports(pop), nodeFile(pop)));
  }

  private Path nodeFile(PopId pop) {
    Path nodeFile = nodeFiles.get(pop);
    if (nodeFile == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    return nodeFile;
  }

  private Path dataDirectory(PopId pop) {
    return nodeFile(pop).resolveSibling("data");
  }

  private NodeProcess process(PopId pop) {
    NodeProcess process = processes.get(pop);
    if (process == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    return process;
  }

  private MessageRelay relayOf(List<PopId> fromAndTo) {
    MessageRelay relay = relays.get(fromAndTo);
    if (relay == null) {
      throw new IllegalArgumentException("no relay for " + fromAndTo);
    }
    return relay;
  }

  private SojournClient newClient(PopId pop) {
    return SojournClient.builder("127.0.0.1:" + ports(pop).clients(), ClusterFiles.NAMESPACE)
        .deadline(DEADLINE)
        .build();
  }
}
