package dev.sojourn.server;

import dev.sojourn.server.config.Address;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.NodeSetup;
import dev.sojourn.server.ops.AdminServer;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.ops.NodeStatus;
import dev.sojourn.server.ops.Phase;
import dev.sojourn.server.shell.AtomicFile;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a POP. Several may live in one process, each with a data directory of its own.
 *
 * <p>Three ports: clients (the session service, and gRPC health and reflection beside it), peers,
 * and admin (plain HTTP, {@link AdminServer}); a fourth where a {@link Gateway} is configured.
 * Where the configuration says port 0, the system picks one; {@link NodePorts#FILE_NAME} in the
 * data directory tells which, while the node is ready.
 *
 * <p>Thread-safe.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long GRACE_MILLIS = 10_000;
  private static final long GRACE_AFTER_FAILURE_MILLIS = 500;
  private static final long NETWORK_END_SECONDS = 3;
  private static final long SPACE_TICK_SECONDS = 5;
  private static final long CONFIG_TICK_SECONDS = 2;

  private final NodeParts parts;
  private final AdminServer admin;
  private final Optional<Gateway> gateway;
  private final NodePorts ports;
  private final AtomicFile portsFile;

  private Node(
      NodeParts parts,
      AdminServer admin,
      Optional<Gateway> gateway,
      NodePorts ports,
      AtomicFile portsFile) {
    this.parts = parts;
    this.admin = admin;
    this.gateway = gateway;
    this.ports = ports;
    this.portsFile = portsFile;
  }

  /** As {@link #run(Path, GatewayOpener)}, without a gateway. */
  public static int run(Path nodeFile) {
    return run(nodeFile, GatewayOpener.NONE);
  }

  /**
   * Runs a node until it is asked to end, by SIGTERM or SIGINT or at its admin port, or fails. What
   * keeps it from starting goes to standard error, for a person, without a stack trace.
   *
   * @param gateways opens the gateway, if one is configured
   * @return the exit code of the process, one of {@link ExitStatus}
   */
  public static int run(Path nodeFile, GatewayOpener gateways) {
    Node node;
    try {
      node = start(ConfigLoader.load(nodeFile), gateways);
    } catch (InvalidYamlException e) {
      System.err.println(e.getMessage());
      return ExitStatus.CONFIG.code();
    } catch (NodeFailure e) {
      System.err.println("sojourn: " + e.line());
      return e.status().code();
    }
    Thread onSignal =
        new Thread(
            () -> {
              node.close();
              // Else the exit code would be that of the signal, though all went well.
              Runtime.getRuntime().halt(node.awaitEnd().code());
            },
            "on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    ExitStatus status = node.awaitEnd();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      LOG.debug("the process ends by a signal", e);
    }
    return status.code();
  }

  /** As {@link #start(NodeSetup, GatewayOpener)}, without a gateway. */
  public static Node start(NodeSetup setup) throws NodeFailure {
    return start(setup, GatewayOpener.NONE);
  }

  /**
   * Starts a node; it is ready when this returns.
   *
   * @param gateways opens the gateway, if one is configured
   * @throws NodeFailure if it cannot start; then nothing of it is left running
   */
  public static Node start(NodeSetup setup, GatewayOpener gateways) throws NodeFailure {
    return start(setup, RocksSessionStore::open, gateways);
  }

  static Node start(NodeSetup setup, StoreOpener opener, GatewayOpener gateways)
      throws NodeFailure {
    NodeBuilder builder = new NodeBuilder(setup, opener);
    @Nullable NodeParts parts = null;
    try {
      parts = builder.build();
      return open(setup, parts, gateways);
    } catch (NodeFailure | RuntimeException e) {
      if (parts != null) {
        parts.ticks().shutdownNow();
        parts.clients().drain();
        awaitNetworkEnd(parts);
      }
      builder.undo();
      throw e;
    }
  }

  private static Node open(NodeSetup setup, NodeParts parts, GatewayOpener gateways)
      throws NodeFailure {
    NodeConfig config = setup.node();
    parts.events().onSpaceChange(parts.shell()::spaceChanged);
    parts.shell().begin(parts.network());
    NodeConfig.Listen listen = config.listen();
    int peersPort = bind("listen.peers", listen.peers(), parts.network()::start);
    int clientsPort = bind("listen.clients", listen.clients(), parts.clients()::start);
    AdminServer admin =
        bind(
            "listen.admin",
            listen.admin(),
            () ->
                new AdminServer(
                    NodeBuilder.socketAddress(listen.admin()),
                    parts::status,
                    parts.metrics(),
                    parts.store(),
                    parts.policyTicks(),
                    parts.previewPage(),
                    parts.life()::askEnd));
    AtomicFile portsFile = new AtomicFile(config.dataDirectory().resolve(NodePorts.FILE_NAME));
    Optional<Gateway> gateway = Optional.empty();
    try {
      gateway = openGateway(setup, parts, gateways);
      NodePorts ports =
          new NodePorts(
              clientsPort,
              peersPort,
              admin.port(),
              gateway.map(open -> OptionalInt.of(open.port())).orElse(OptionalInt.empty()));
      Node node = new Node(parts, admin, gateway, ports, portsFile);
      node.becomeReady(setup);
      return node;
    } catch (NodeFailure e) {
      admin.close();
      throw e;
    } catch (IOException e) {
      gateway.ifPresent(Gateway::close);
      admin.close();
      throw new NodeFailure(
          ExitStatus.LOCKED, "`" + portsFile.path() + "` cannot be written: " + e.getMessage(), e);
    }
  }

  private static Optional<Gateway> openGateway(
      NodeSetup setup, NodeParts parts, GatewayOpener gateways) throws NodeFailure {
    Optional<NodeConfig.Gateway> config = setup.node().gateway();
    if (config.isEmpty()) {
      return Optional.empty();
    }
    ServedNode served =
        new ServedNode(
            parts.clients().endpoint(), parts.life()::phase, parts::status, parts.metrics());
    return Optional.of(
        bind(
            "gateway.listen",
            config.get().listen(),
            () -> gateways.open(config.get(), setup, served)));
  }

  private static <T> T bind(String key, Address address, Callable<T> attempt) throws NodeFailure {
    try {
      return attempt.call();
    } catch (NodeFailure e) {
      throw e;
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NodeFailure(
          ExitStatus.UNAVAILABLE,
          "cannot listen at `%s`: %s; free it, or choose another in `%s`"
              .formatted(address, cause.getMessage(), key),
          e);
    }
  }

  private void becomeReady(NodeSetup setup) throws IOException {
    admin.start();
    parts.shell().dial();
    parts.survey().start();
    parts
        .ticks()
        .scheduleWithFixedDelay(
            parts.store()::checkSpace, SPACE_TICK_SECONDS, SPACE_TICK_SECONDS, TimeUnit.SECONDS);
    ConfigWatch watch = new ConfigWatch(parts, setup.node(), setup.policy());
    parts
        .ticks()
        .scheduleWithFixedDelay(
            watch::look, CONFIG_TICK_SECONDS, CONFIG_TICK_SECONDS, TimeUnit.SECONDS);
    parts.life().endAsked().whenComplete((asked, never) -> endInBackground());
    parts.events().failure().whenComplete((cause, never) -> endInBackground());
    parts.life().enter(Phase.READY);
    portsFile.write(ports.toJson());
    watch.tellWhatIsRisked();
    parts.policyTicks().start();
    if (parts.heldPolicies().filter(held -> !held.isSwept()).isPresent()) {
      parts.policy().get().ifPresent(parts.sweep()::begin);
    }
    LOG.atInfo()
        .addKeyValue("pop", parts.pop())
        .addKeyValue("clients", ports.clients())
        .addKeyValue("peers", ports.peers())
        .addKeyValue("admin", ports.admin())
        .addKeyValue("gateway", ports.gateway().isPresent() ? ports.gateway().getAsInt() : "none")
        .addKeyValue("shards", parts.loops().size())
        .addKeyValue("incarnation", parts.store().identity().incarnation())
        .log("ready");
  }

  public NodePorts ports() {
    return ports;
  }

  /** How the node stands now. */
  public NodeStatus status() {
    return parts.status();
  }

  /** Waits until the node has ended, for whatever reason. */
  public ExitStatus awaitEnd() {
    return parts.life().ended().join();
  }

  /** Ends in good order: finishes what was accepted, within ten seconds, and closes the store. */
  @Override
  public void close() {
    parts.life().askEnd();
    awaitEnd();
  }

  private void endInBackground() {
    if (parts.life().beginEnd()) {
      new Thread(this::end, parts.pop() + "-end").start();
    }
  }

  private void end() {
    CompletableFuture<Throwable> failure = parts.events().failure();
    parts.life().enter(failure.isDone() ? Phase.FAILED : Phase.DRAINING);
    LOG.atInfo().addKeyValue("pop", parts.pop()).log("ends");
    parts.survey().stop();
    parts.sweep().stop();
    parts.ticks().shutdownNow();
    if (failure.isDone()) {
      // Nothing is served from a store whose last commit is in doubt (rule R8).
      parts.shell().stop();
    }
    parts.shell().drain();
    parts.clients().drain();
    try {
      portsFile.delete();
      parts.clients().awaitEnd(failure.isDone() ? GRACE_AFTER_FAILURE_MILLIS : GRACE_MILLIS);
    } catch (IOException e) {
      LOG.warn("`{}` cannot be deleted: {}", portsFile.path(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    gateway.ifPresent(Gateway::close);
    // What was said to POPs together with the last answers is to be on its way too.
    parts.loops().awaitTurns();
    awaitNetworkEnd(parts);
    parts.shell().stop();
    parts.store().close();
    parts.loops().close();
    admin.close();
    ExitStatus status = failure.isDone() ? ExitStatus.of(failure.join()) : ExitStatus.OK;
    parts.life().enter(failure.isDone() ? Phase.FAILED : Phase.STOPPED);
    LOG.atInfo().addKeyValue("pop", parts.pop()).addKeyValue("status", status).log("ended");
    parts.life().ended().complete(status);
  }

  private static void awaitNetworkEnd(NodeParts parts) {
    try {
      parts.network().shutdown().get(NETWORK_END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("connections to other POPs were cut: {}", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
