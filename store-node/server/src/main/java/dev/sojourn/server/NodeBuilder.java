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
import dev.sojourn.server.policy.CurrentPolicy;
import dev.sojourn.server.policy.HeldPolicies;
import dev.sojourn.server.policy.RolloutDesk;
import dev.sojourn.server.policy.RolloutUnusable;
import dev.sojourn.server.policy.Shadows;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a node's parts of its configuration, and undoes what it made if one cannot be made. */
final class NodeBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBuilder.class);
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
  private final Deque<Runnable> undo = new ArrayDeque<>();

  NodeBuilder(NodeSetup setup, StoreOpener opener) {
    this.setup = setup;
    this.opener = opener;
    this.config = setup.node();
    this.pop = config.pop();
    this.events = new NodeEvents(pop, metrics);
    this.topology = new CurrentTopology(setup.topology());
  }

  NodeParts build() throws NodeFailure {
    Credentials credentials = credentials();
    ShardLoops loops = new ShardLoops(pop.name(), config.shards());
    undo.push(loops::close);
    SessionStore store = openStore();
    // It ends first: its last answers still go to the loops.
    undo.push(store::close);
    Optional<HeldPolicies> held = heldPolicies();
    CurrentPolicy policy =
        held.map(HeldPolicies::current)
            .orElseGet(() -> new CurrentPolicy(Optional.empty(), setup.topology()));
    new PopMemory(config).admit(setup.topology());
    NodeShell shell = shell(store, loops, policy);
    undo.push(shell::stop);
    PeerNetwork network = network(store, loops, shell, held, credentials);
    ServedNamespaces namespaces = new ServedNamespaces(setup.topology().namespaces().keySet());
    ClientServer clients = clients(store, loops, shell, policy, namespaces, credentials);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat(pop + "-ticks").setDaemon(true).build());
    ResidencySweep sweep =
        new ResidencySweep(
            pop,
            store,
            due -> shell.shards().of(due.key()).post(due),
            ticks,
            clock,
            events::swept,
            since -> held.ifPresent(mine -> mine.swept(since)),
            ResidencySweep.Pace.STANDARD);
    RolloutDesk desk =
        new RolloutDesk(
            pop,
            held,
            setup.signers(),
            setup.topology(),
            new NodePosts(network, shell, sweep),
            new Shadows(events::shadowNarrower, events::shadowWider));
    PolicyTicks policyTicks = new PolicyTicks(desk, clock, ticks);
    shell.tellOfPolicies(policyTicks);
    return new NodeParts(
        pop,
        new NodeLife(),
        clock,
        metrics,
        events,
        topology,
        policy,
        held,
        desk,
        policyTicks,
        namespaces,
        store,
        loops,
        shell,
        network,
        clients,
        ticks,
        new Survey(new RecordScan(store), ticks),
        sweep,
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

  private Optional<HeldPolicies> heldPolicies() throws NodeFailure {
    Path data = config.dataDirectory();
    try {
      if (setup.policy().isEmpty() || config.policyFile().isEmpty()) {
        HeldPolicies.openNone(data);
        return Optional.empty();
      }
      String beginning = Files.readString(config.policyFile().get());
      HeldPolicies held =
          HeldPolicies.open(
              pop, data, beginning, setup.signers(), setup.topology(), clock.nowMillis());
      if (held.newestVersion() > 0) {
        LOG.atInfo()
            .addKeyValue("pop", pop)
            .addKeyValue("version", held.newestVersion())
            .log("a signed policy decides; `policy` of node.yaml is not used");
      }
      return Optional.of(held);
    } catch (RolloutUnusable e) {
      boolean isConfigured = e.kind() == RolloutUnusable.Kind.SIGNER;
      throw new NodeFailure(
          isConfigured ? ExitStatus.CONFIG : ExitStatus.STORAGE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE,
          "which policy is in force, and since when, cannot be read or written: " + e.getMessage(),
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

  private NodeShell shell(SessionStore store, ShardLoops loops, CurrentPolicy policy)
      throws NodeFailure {
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
      SessionStore store,
      ShardLoops loops,
      NodeShell shell,
      Optional<HeldPolicies> held,
      Credentials credentials)
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
                RecordFormat.CURRENT,
                1 + held.map(HeldPolicies::newestVersion).orElse(0L));
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
      CurrentPolicy policy,
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
