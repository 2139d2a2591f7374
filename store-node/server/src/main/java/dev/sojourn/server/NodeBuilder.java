package dev.sojourn.server;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.Life;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.NodeSetup;
import dev.sojourn.server.ledger.LedgerChain;
import dev.sojourn.server.ledger.LedgerKey;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.ops.Survey;
import dev.sojourn.server.rpc.peer.GrpcPeerNetwork;
import dev.sojourn.server.rpc.peer.PeerFacts;
import dev.sojourn.server.rpc.peer.PeerNetwork;
import dev.sojourn.server.rpc.peer.PeerSettings;
import dev.sojourn.server.rpc.peer.SharedSecretAuthenticator;
import dev.sojourn.server.rpc.session.ClientServer;
import dev.sojourn.server.rpc.session.EndpointSettings;
import dev.sojourn.server.rpc.session.ServedNamespaces;
import dev.sojourn.server.rpc.session.SessionServiceEndpoint;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.shell.NodeShell;
import dev.sojourn.server.shell.RecordScan;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.server.shell.ShardLoops;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Makes a node's parts of its configuration, and undoes what it made if one cannot be made. */
final class NodeBuilder {
  private static final long RETRY_FIRST_MILLIS = 1_000;
  private static final long RETRY_MAX_MILLIS = 60_000;
  private static final long CALL_BYTES_MAX = 128L << 20;

  private final NodeSetup setup;
  private final StoreOpener opener;
  private final NodeConfig config;
  private final PopId pop;
  private final NodeClock clock = new NodeClock();
  private final NodeMetrics metrics = new NodeMetrics();
  private final NodeEvents events;
  private final CurrentTopology topology;
  private final CurrentPolicy policy;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  NodeBuilder(NodeSetup setup, StoreOpener opener) {
    this.setup = setup;
    this.opener = opener;
    this.config = setup.node();
    this.pop = config.pop();
    this.events = new NodeEvents(pop, metrics);
    this.topology = new CurrentTopology(setup.topology());
    this.policy = new CurrentPolicy(setup.policy(), setup.topology());
  }

  NodeParts build() throws NodeFailure {
    Credentials credentials = credentials();
    SessionStore store = openStore();
    Optional<PolicyMemory> policyMemory = policyMemory();
    policyMemory.ifPresent(memory -> policy.since(memory.sinceMillis()));
    ShardLoops loops = new ShardLoops(pop.name(), config.shards());
    // The store ends first: its last answers still go to the loops.
    undo.push(loops::close);
    undo.push(store::close);
    new PopMemory(config).admit(setup.topology());
    NodeShell shell = shell(store, loops);
    undo.push(shell::stop);
    PeerNetwork network = network(store, loops, shell, credentials);
    ServedNamespaces namespaces = new ServedNamespaces(setup.topology().namespaces().keySet());
    ClientServer clients = clients(store, loops, shell, namespaces, credentials);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat(pop + "-ticks").setDaemon(true).build());
    return new NodeParts(
        pop,
        new NodeLife(),
        clock,
        metrics,
        events,
        topology,
        policy,
        namespaces,
        store,
        loops,
        shell,
        network,
        clients,
        ticks,
        new Survey(new RecordScan(store), ticks),
        policyMemory,
        new ResidencySweep(
            pop,
            store,
            due -> shell.shards().of(due.key()).post(due),
            ticks,
            clock,
            events::swept,
            since -> policyMemory.ifPresent(memory -> memory.swept(since)),
            ResidencySweep.Pace.STANDARD),
        clock.nowMillis());
  }

  /** Gives back what was made, the last first. */
  void undo() {
    undo.forEach(Runnable::run);
  }

  private Credentials credentials() throws NodeFailure {
    try {
      return Credentials.of(config.tls());
    } catch (IOException | IllegalArgumentException e) {
      throw new NodeFailure(
          ExitStatus.CONFIG, "the files of `tls` cannot be used: " + e.getMessage(), e);
    }
  }

  private SessionStore openStore() throws NodeFailure {
    Path directory = config.dataDirectory();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.LOCKED,
          "the data directory `" + directory + "` cannot be made or written: " + e.getMessage(),
          e);
    }
    RocksStoreOptions options =
        RocksStoreOptions.in(directory.resolve("store"))
            .withReserveBytes(config.storage().reserveBytes())
            .withBlockCacheBytes(config.storage().blockCacheBytes())
            .withSyncMillisMax(config.storage().syncMillisMax())
            .withLedger(new LedgerChain.Signer(pop, ledgerKey(directory.resolve("ledger.key"))));
    try {
      return opener.open(options, new SecureRandomSource(), events);
    } catch (StorageException e) {
      throw new NodeFailure(ExitStatus.of(e), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<PolicyMemory> policyMemory() throws NodeFailure {
    try {
      if (setup.policy().isEmpty() || config.policyFile().isEmpty()) {
        PolicyMemory.forget(config.dataDirectory());
        return Optional.empty();
      }
      return Optional.of(
          PolicyMemory.open(
              config.dataDirectory(),
              config.policyFile().get(),
              policy.sites(),
              clock.nowMillis()));
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE,
          "since when the policy is in force cannot be read or written: " + e.getMessage(),
          e);
    }
  }

  private static LedgerKey ledgerKey(Path file) throws NodeFailure {
    try {
      return LedgerKey.open(file);
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE, "the ledger's key `" + file + "`: " + e.getMessage(), e);
    }
  }

  private NodeShell shell(SessionStore store, ShardLoops loops) throws NodeFailure {
    CoreSettings core =
        new CoreSettings(
            pop,
            setup.topology().namespaces(),
            config.clockErrorMillis(),
            RETRY_FIRST_MILLIS,
            RETRY_MAX_MILLIS,
            new Life(
                store.identity().storeId(),
                store.identity().incarnation(),
                store.identity().intactSince()),
            policy.get(),
            Math.max(1, config.limits().hotBytesMax() / config.shards()));
    Path homes = config.dataDirectory().resolve("homes.json");
    try {
      return new NodeShell(loops, core, store, clock, events, homes, () -> view().inService());
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE, "`" + homes + "` cannot be read: " + e.getMessage(), e);
    }
  }

  private PeerNetwork network(
      SessionStore store, ShardLoops loops, NodeShell shell, Credentials credentials)
      throws NodeFailure {
    PeerSettings plain = PeerSettings.plain(socketAddress(config.listen().peers()));
    PeerSettings settings =
        new PeerSettings(
            plain.listen(),
            credentials.outgoing(),
            credentials.peers(),
            plain.handshakeMillisMax(),
            plain.heartbeatMillis(),
            plain.silenceMillisMax(),
            plain.idleMillisMax(),
            plain.retryMillisMin(),
            plain.retryMillisMax(),
            plain.queueBytesMax(),
            plain.frameBytesMax());
    Supplier<PeerFacts> facts =
        () ->
            new PeerFacts(
                store.identity().storeId(),
                store.identity().incarnation(),
                store.position(),
                RecordFormat.CURRENT);
    return new GrpcPeerNetwork(
        pop,
        () -> view().network(),
        new SharedSecretAuthenticator(setup.keys().peerSecret()),
        facts,
        shell.peerListener(),
        loops.group(),
        settings);
  }

  private ClientServer clients(
      SessionStore store,
      ShardLoops loops,
      NodeShell shell,
      ServedNamespaces namespaces,
      Credentials credentials)
      throws NodeFailure {
    EndpointSettings standard = EndpointSettings.DEFAULT;
    SessionServiceEndpoint endpoint =
        new SessionServiceEndpoint(
            pop,
            country(),
            namespaces,
            setup.keys().ring(),
            policy::get,
            shell.stores()::of,
            shell.shards(),
            store,
            clock,
            new EndpointSettings(
                config.limits().inFlightMax(),
                CALL_BYTES_MAX,
                config.limits().requestBytesMax(),
                standard.deadlineMillisDefault(),
                standard.deadlineMillisMax()),
            metrics);
    return new ClientServer(
        endpoint,
        loops,
        socketAddress(config.listen().clients()),
        credentials.clients(),
        config.limits().requestBytesMax());
  }

  private Country country() {
    return Objects.requireNonNull(setup.topology().pops().get(pop), "checked when it was read")
        .country();
  }

  private TopologyViews view() {
    return TopologyViews.of(topology.get(), pop);
  }

  /**
   * @throws NodeFailure if the host has no address
   */
  static InetSocketAddress socketAddress(Address address) throws NodeFailure {
    InetSocketAddress found = new InetSocketAddress(address.host(), address.port());
    if (found.isUnresolved()) {
      throw new NodeFailure(
          ExitStatus.UNAVAILABLE,
          "cannot listen at `" + address + "`: the host has no address",
          new IOException("unresolved"));
    }
    return found;
  }
}
