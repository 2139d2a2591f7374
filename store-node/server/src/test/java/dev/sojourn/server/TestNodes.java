package dev.sojourn.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.config.NodeSetup;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Pop;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Nodes in this process, with real stores and loopback sockets, and clients of them. */
final class TestNodes implements AutoCloseable {
  static final PopId BOS = new PopId("bos");
  static final PopId FRA = new PopId("fra");
  static final Namespace SHOP = new Namespace("shop");
  static final Namespace CHAT = new Namespace("chat");

  private final Path directory;
  private Topology topology;
  private Optional<Path> policyFile = Optional.empty();
  private final Map<PopId, Path> ownPolicyFiles = new LinkedHashMap<>();
  private final Map<PopId, Map<PopId, Address>> detours = new LinkedHashMap<>();
  private final NodeKeys keys = NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1));
  private final SecureRandomSource random = new SecureRandomSource();
  private final Map<PopId, Node> running = new LinkedHashMap<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private Optional<NodeConfig.Tls> tls = Optional.empty();
  private Optional<PolicySigners> signers = Optional.empty();
  private long reserveBytes = 1 << 20;
  private long syncMillisMax = 1_000;

  TestNodes(Path directory, PopId... pops) throws IOException {
    this.directory = directory;
    ImmutableMap.Builder<PopId, Pop> sites = ImmutableMap.builder();
    List<Integer> ports = FreePorts.find(pops.length);
    for (int i = 0; i < pops.length; i++) {
      sites.put(
          pops[i],
          new Pop(
              pops[i],
              new Country("US"),
              0,
              0,
              ImmutableList.of(),
              Optional.of(new Address("127.0.0.1", ports.get(i))),
              Pop.Status.ACTIVE));
    }
    NamespaceSettings standard = NamespaceSettings.defaults();
    NamespaceSettings mobile = standard.withMove(MoveStrategy.always());
    this.topology = new Topology(sites.buildOrThrow(), ImmutableMap.of(SHOP, mobile, CHAT, mobile));
  }

  /** Another policy at one POP; for nodes that are started from here on. */
  void obey(PopId pop, Path policy) {
    ownPolicyFiles.put(pop, policy);
  }

  /** Where one POP finds another one; for nodes that are started from here on. */
  void reach(PopId from, PopId to, Address by) {
    detours.computeIfAbsent(from, any -> new LinkedHashMap<>()).put(to, by);
  }

  Address peerAddress(PopId pop) {
    return requireNonNull(topology.pops().get(pop)).endpoint().orElseThrow();
  }

  Sites sites() {
    return topology.sites();
  }

  private Topology asSeenBy(PopId pop) {
    ImmutableMap.Builder<PopId, Pop> pops = ImmutableMap.builder();
    Map<PopId, Address> ways = detours.getOrDefault(pop, Map.of());
    for (Pop each : topology.pops().values()) {
      pops.put(
          each.id(),
          new Pop(
              each.id(),
              each.country(),
              each.latitude(),
              each.longitude(),
              each.labels(),
              each.endpoint().map(own -> ways.getOrDefault(each.id(), own)),
              each.status()));
    }
    return new Topology(pops.buildOrThrow(), topology.namespaces());
  }

  /** Under what policy, and whose law holds at a POP; for nodes that are started from here on. */
  void obey(Path policy, PopId pop, String country, double longitude) {
    policyFile = Optional.of(policy);
    ImmutableMap.Builder<PopId, Pop> pops = ImmutableMap.builder();
    for (Pop each : topology.pops().values()) {
      pops.put(
          each.id(),
          each.id().equals(pop)
              ? new Pop(
                  pop,
                  new Country(country),
                  0,
                  longitude,
                  each.labels(),
                  each.endpoint(),
                  each.status())
              : each);
    }
    topology = new Topology(pops.buildOrThrow(), topology.namespaces());
  }

  /** Whether a crash may undo answered writes; for nodes that are started from here on. */
  void durability(Durability durability, OnMissing onMissing) {
    ImmutableMap.Builder<Namespace, NamespaceSettings> namespaces = ImmutableMap.builder();
    topology
        .namespaces()
        .forEach(
            (name, settings) ->
                namespaces.put(name, settings.withDurability(durability, onMissing)));
    topology = new Topology(topology.pops(), namespaces.buildOrThrow());
  }

  /** For nodes that are started from here on. */
  void syncInterval(long millis) {
    syncMillisMax = millis;
  }

  /** For nodes that are started from here on. */
  void speakTls(NodeConfig.Tls files) {
    tls = Optional.of(files);
  }

  /** Who may sign policies; for nodes that are started from here on. */
  void signers(Optional<PolicySigners> those) {
    signers = those;
  }

  NodeKeys keys() {
    return keys;
  }

  /** For nodes that are started from here on. */
  void reserve(long bytes) {
    reserveBytes = bytes;
  }

  NodeSetup setup(PopId pop) {
    return setup(pop, dataDirectory(pop));
  }

  NodeSetup setup(PopId pop, Path data) {
    Address any = new Address("127.0.0.1", 0);
    Optional<Path> policy = Optional.ofNullable(ownPolicyFiles.get(pop)).or(() -> policyFile);
    Address peers = peerAddress(pop);
    return new NodeSetup(
        new NodeConfig(
            pop,
            data,
            directory.resolve("topology.yaml"),
            directory.resolve("keys.yaml"),
            policy,
            Optional.empty(),
            false,
            new NodeConfig.Listen(any, peers, any),
            tls,
            new NodeConfig.Storage(reserveBytes, 8 << 20, syncMillisMax),
            new NodeConfig.Limits(4096, 2 << 20, 32 << 20),
            2,
            60_000,
            Optional.empty()),
        asSeenBy(pop),
        keys,
        policy.map(TestNodes::readPolicy),
        signers,
        Optional.empty());
  }

  private static Policy readPolicy(Path file) {
    try {
      return PolicyReader.read("policy.yaml", Files.readAllBytes(file));
    } catch (IOException | InvalidYamlException e) {
      throw new AssertionError(e);
    }
  }

  Path dataDirectory(PopId pop) {
    return directory.resolve(pop.name());
  }

  Node start(PopId pop) throws NodeFailure {
    return start(pop, RocksSessionStore::open);
  }

  Node start(PopId pop, StoreOpener opener) throws NodeFailure {
    Node node = Node.start(setup(pop), opener, GatewayOpener.NONE);
    running.put(pop, node);
    return node;
  }

  Node restart(PopId pop) throws NodeFailure {
    node(pop).close();
    return start(pop);
  }

  Node node(PopId pop) {
    return requireNonNull(running.get(pop), "not running");
  }

  ManagedChannel channel(PopId pop) {
    return channel(node(pop).ports().clients(), InsecureChannelCredentials.create());
  }

  ManagedChannel channel(int port, ChannelCredentials credentials) {
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port, credentials).build();
    channels.add(channel);
    return channel;
  }

  SessionServiceGrpc.SessionServiceBlockingStub client(PopId pop) {
    return SessionServiceGrpc.newBlockingStub(channel(pop)).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  ByteString requestId() {
    return ByteString.copyFrom(random.nextBytes(16).unsafeArray());
  }

  /** A request of its own id. */
  ExecuteRequest.Builder request(String hint, Operation... operations) {
    return ExecuteRequest.newBuilder()
        .setNamespace(SHOP.name())
        .setHint(hint)
        .setRequestId(requestId())
        .addAllOperations(List.of(operations));
  }

  /** The typed error with which {@code request} is refused. */
  ErrorDetail refusal(PopId pop, ExecuteRequest request) {
    return refusal(client(pop), request);
  }

  static ErrorDetail refusal(
      SessionServiceGrpc.SessionServiceBlockingStub client, ExecuteRequest request) {
    StatusRuntimeException thrown =
        catchThrowableOfType(StatusRuntimeException.class, () -> client.execute(request));
    assertThat(thrown).as("a refusal").isNotNull();
    try {
      return StatusProto.fromThrowable(thrown).getDetails(1).unpack(ErrorDetail.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The value of the field {@code name}, read at {@code pop}. */
  String read(PopId pop, String hint, String name) {
    return client(pop)
        .execute(request(hint, get(name)).build())
        .getResults(0)
        .getFields()
        .getFields(0)
        .getValue()
        .toStringUtf8();
  }

  static Operation put(String name, String value) {
    return Operation.newBuilder()
        .setPut(
            Operation.Put.newBuilder()
                .setField(
                    Field.newBuilder().setName(name).setValue(ByteString.copyFromUtf8(value))))
        .build();
  }

  static Operation get(String... names) {
    return Operation.newBuilder()
        .setGet(Operation.Get.newBuilder().addAllNames(List.of(names)))
        .build();
  }

  static Operation increment(String name) {
    return Operation.newBuilder()
        .setIncrement(Operation.Increment.newBuilder().setName(name).setBy(1))
        .build();
  }

  static Operation destroy() {
    return Operation.newBuilder().setDestroy(Operation.Destroy.getDefaultInstance()).build();
  }

  /** Waits, within bounds, for what other threads bring about. */
  static void await(String what, BooleanSupplier condition) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNanos) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    running.values().forEach(Node::close);
  }
}
