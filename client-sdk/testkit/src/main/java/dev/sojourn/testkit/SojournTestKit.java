package dev.sojourn.testkit;

import dev.sojourn.client.SojournClient;
import dev.sojourn.client.SojournClientBuilder;
import dev.sojourn.server.Node;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * POPs in the process of a test: real nodes, each with a real store in a directory of its own, that
 * speak to each other and to clients over loopback. So a test of an application can let its user
 * move from POP to POP, take a POP away, and see what a residency policy refuses.
 *
 * <pre>{@code
 * try (SojournTestKit kit =
 *     SojournTestKit.builder().pop("bos", "US").pop("nrt", "JP").namespace("shop").start()) {
 *   Session inBoston = kit.client("bos", "shop").open(null);
 *   inBoston.putText("cart", "2 apples").save();
 *
 *   Session inTokyo = kit.client("nrt", "shop").resume(inBoston.hint().orElseThrow());
 *   assertEquals("2 apples", inTokyo.getText("cart").orElseThrow());
 * }
 * }</pre>
 *
 * <p>It is for tests: the keys are made anew each time, nothing is encrypted between the POPs, and
 * all data is deleted by {@link #close}. There is no distance between the POPs. Time is the
 * machine's; to see a session expire, give the namespace a short idle lifetime.
 *
 * <p>Thread-safe.
 */
public final class SojournTestKit implements AutoCloseable {
  private final KitFiles files;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Deque<SojournClient> clients = new ArrayDeque<>();

  /** For a kit with at least one POP and one namespace. */
  public static SojournTestKitBuilder builder() {
    return new SojournTestKitBuilder();
  }

  static SojournTestKit start(List<TestPop> pops, String namespaces, Optional<String> policy) {
    SojournTestKit kit = new SojournTestKit(KitFiles.write(pops, namespaces, policy));
    try {
      pops.forEach(pop -> kit.start(pop.id()));
      return kit;
    } catch (IllegalArgumentException | IllegalStateException e) {
      kit.close();
      throw e;
    }
  }

  private SojournTestKit(KitFiles files) {
    this.files = files;
  }

  /** A client of an application at this POP; the kit closes it. */
  public SojournClient client(String pop, String namespace) {
    SojournClient client = clients(pop, namespace).build();
    synchronized (this) {
      clients.push(client);
    }
    return client;
  }

  /** For a client with settings of its own, which whoever builds it closes. */
  public SojournClientBuilder clients(String pop, String namespace) {
    return SojournClient.builder(address(pop), namespace);
  }

  /**
   * Where this POP's node listens for applications: {@code host:port}. The same after a restart.
   */
  public String address(String pop) {
    return "127.0.0.1:" + files.ports(pop).clients();
  }

  /**
   * Ends this POP's node; what it holds stays on its disk, and out of reach. Nothing happens if it
   * was ended before.
   */
  public synchronized void stop(String pop) {
    files.ports(pop);
    Node node = nodes.remove(pop);
    if (node != null) {
      node.close();
    }
  }

  /**
   * Starts this POP's node again, with what it held. Nothing happens if it runs.
   *
   * @throws IllegalStateException if it does not start
   */
  public synchronized void start(String pop) {
    files.ports(pop);
    if (nodes.containsKey(pop)) {
      return;
    }
    try {
      nodes.put(pop, Node.start(ConfigLoader.load(files.nodeFile(pop))));
    } catch (InvalidYamlException e) {
      throw new IllegalArgumentException("the test kit cannot use this: " + e.getMessage(), e);
    } catch (NodeFailure e) {
      throw new IllegalStateException("the node of `" + pop + "` does not start: " + e.line(), e);
    }
  }

  /** Ends all POPs and clients, and deletes all data. */
  @Override
  public synchronized void close() {
    clients.forEach(SojournClient::close);
    clients.clear();
    nodes.values().forEach(Node::close);
    nodes.clear();
    try {
      files.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("the test kit's data cannot be deleted", e);
    }
  }
}
