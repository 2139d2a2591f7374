package dev.sojourn.cli.demo.node;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.status.Metrics;
import dev.sojourn.client.SojournClient;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The demo's nodes, each a process, and a client at each. */
public final class Cluster implements AutoCloseable {
  /** More at once only make each other wait for the processor. */
  private static final int STARTED_AT_ONCE = 2;

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final String MESSAGES_SENT = "sojourn_peer_messages_sent_total";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<PopId, NodePorts> ports;
  private final Map<PopId, SojournClient> clients = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<NodeProcess> processes = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  public Cluster(Map<PopId, NodePorts> ports) {
    this.ports = new LinkedHashMap<>(ports);
  }

  /**
   * Starts all nodes, a few at a time, and waits until each is ready.
   *
   * @param started told of each node that is ready
   */
  public void start(Map<PopId, Path> nodeFiles, Consumer<PopId> started)
      throws IOException, InterruptedException {
    List<PopId> pops = List.copyOf(ports.keySet());
    for (int from = 0; from < pops.size(); from += STARTED_AT_ONCE) {
      List<PopId> next = pops.subList(from, Math.min(pops.size(), from + STARTED_AT_ONCE));
      for (PopId pop : next) {
        startOne(pop, nodeFiles);
      }
      for (NodeProcess process : processes) {
        if (next.contains(process.pop())) {
          process.awaitReady();
          started.accept(process.pop());
        }
      }
    }
    ports.forEach(
        (pop, port) ->
            clients.put(
                pop,
                SojournClient.builder("127.0.0.1:" + port.clients(), ClusterFiles.NAMESPACE)
                    .deadline(DEADLINE)
                    .build()));
  }

  public List<PopId> pops() {
    return List.copyOf(ports.keySet());
  }

  /** A client in the place of an application at this POP. */
  public SojournClient client(PopId pop) {
    SojournClient client = clients.get(pop);
    if (client == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    return client;
  }

  /**
   * How many messages this POP's node has sent to other POPs so far, by its own metrics.
   * Heartbeats, which links exchange whether or not anybody asks for anything, are not among them.
   */
  public long messagesSent(PopId pop) throws InterruptedException {
    NodePorts own = ports.get(pop);
    if (own == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    URI uri = URI.create("http://127.0.0.1:" + own.admin() + "/metrics");
    try {
      String text =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return Math.round(Metrics.parse(text).value(MESSAGES_SENT).orElseThrow());
    } catch (IOException | NoSuchElementException e) {
      throw CommandFailure.unavailable(
          "the node of POP `" + pop + "` does not tell `" + MESSAGES_SENT + "`",
          "report it as a fault");
    }
  }

  /** Kills whatever still runs. What these nodes hold is thrown away, so none is asked politely. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    clients.values().forEach(SojournClient::close);
    for (NodeProcess process : processes) {
      process.kill();
    }
  }

  private void startOne(PopId pop, Map<PopId, Path> nodeFiles)
      throws IOException, InterruptedException {
    NodePorts own = ports.get(pop);
    Path nodeFile = nodeFiles.get(pop);
    if (own == null || nodeFile == null) {
      throw new IllegalArgumentException("no files for " + pop);
    }
    NodeProcess process = NodeProcess.start(pop, own, nodeFile);
    processes.add(process);
    if (closed) {
      process.kill();
    }
  }
}
