package dev.sojourn.server.config;

import dev.sojourn.server.config.NodeConfig.Limits;
import dev.sojourn.server.config.NodeConfig.Listen;
import dev.sojourn.server.config.NodeConfig.Storage;
import dev.sojourn.server.config.NodeConfig.Tls;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From the keys of {@code node.yaml} to a {@link NodeConfig}. */
final class NodeConfigReader {
  private static final Address CLIENTS = new Address("127.0.0.1", 7400);
  private static final Address PEERS = new Address("127.0.0.1", 7401);
  private static final Address ADMIN = new Address("127.0.0.1", 7402);
  private static final long MIB = 1L << 20;
  private static final long TIB = 1L << 40;
  private static final int SHARDS_MAX = 256;
  private static final long SYNC_MILLIS_MAX = 60_000;
  private static final long CLOCK_ERROR_MILLIS_MAX = 86_400_000;

  static final Exposure UNREAD =
      new Exposure(
          "what is said there can be read",
          "give `tls`, listen at `127.0.0.1`, or spell out `insecure: true`");
  private static final Exposure UNASKED =
      new Exposure(
          "the admin port asks nobody who they are and has no TLS",
          "listen at `127.0.0.1`, or spell out `insecure: true`");

  /** Why a port should not be reached from other machines, and what to do. */
  record Exposure(String danger, String remedy) {}

  private final YamlFields root;
  private final Path directory;

  /**
   * @param directory of the file: relative paths start there
   */
  NodeConfigReader(YamlFields root, Path directory) {
    this.root = root;
    this.directory = directory;
  }

  /** What is wrong is reported; the result is empty if what cannot be left out is not there. */
  Optional<NodeConfig> read() {
    Optional<PopId> pop = root.require("pop").text(PopId::new);
    Optional<Path> data = path(root.require("data"));
    Path topology = path(root.get("topology")).orElse(directory.resolve("topology.yaml"));
    Path keys = path(root.get("keys")).orElse(directory.resolve("keys.yaml"));
    Optional<Path> policy = path(root.get("policy"));
    Optional<Path> signers = policySigners(policy.isPresent());
    boolean insecure = root.get("insecure").bool().orElse(false);
    Optional<Tls> tls = root.get("tls").mapping().flatMap(this::tls);
    // Whoever wrote `tls:` and got it wrong need not be told that it is missing as well.
    boolean isProtected = insecure || root.get("tls").isPresent();
    Listen listen = listen(isProtected, insecure);
    Storage storage = storage();
    Limits limits = limits();
    int shards =
        root.get("shards")
            .integer(1, SHARDS_MAX)
            .map(Long::intValue)
            .orElseGet(() -> Math.min(SHARDS_MAX, Runtime.getRuntime().availableProcessors()));
    long clockError =
        root.get("clock-error").durationMillis(0, CLOCK_ERROR_MILLIS_MAX).orElse(600_000L);
    Optional<NodeConfig.Gateway> gateway =
        root.get("gateway")
            .mapping()
            .flatMap(found -> new GatewayReader(found, directory).read(isProtected, insecure));
    root.finish();
    if (pop.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeConfig(
            pop.get(),
            data.get(),
            topology,
            keys,
            policy,
            signers,
            insecure,
            listen,
            tls,
            storage,
            limits,
            shards,
            clockError,
            gateway));
  }

  private Optional<Path> policySigners(boolean hasPolicy) {
    YamlValue value = root.get("policy-signers");
    Optional<Path> file = path(value);
    if (file.isPresent() && !hasPolicy && !root.get("policy").isPresent()) {
      value.refuse(
          "`policy-signers` without a `policy`", "name the `policy` that the node begins with");
    }
    return file;
  }

  private Listen listen(boolean isProtected, boolean insecure) {
    Optional<YamlFields> fields = root.get("listen").mapping();
    if (fields.isEmpty()) {
      return new Listen(CLIENTS, PEERS, ADMIN);
    }
    Address clients = address(fields.get().get("clients"), isProtected, UNREAD).orElse(CLIENTS);
    Address peers = address(fields.get().get("peers"), isProtected, UNREAD).orElse(PEERS);
    // It has no TLS, so `tls` does not protect it.
    Address admin = address(fields.get().get("admin"), insecure, UNASKED).orElse(ADMIN);
    fields.get().finish();
    return new Listen(clients, peers, admin);
  }

  static Optional<Address> address(YamlValue value, boolean isProtected, Exposure why) {
    Optional<Address> address = value.text(Address::parse);
    if (!isProtected && address.isPresent() && !address.get().isLoopback()) {
      value.refuse(
          "`" + address.get() + "` is reached from other machines, and " + why.danger(),
          why.remedy());
    }
    return address;
  }

  private Optional<Tls> tls(YamlFields fields) {
    Optional<Path> certificate = file(fields.require("certificate"));
    Optional<Path> key = file(fields.require("key"));
    Optional<Path> clientCa = file(fields.get("client-ca"));
    Optional<Path> peerCa = file(fields.get("peer-ca")).or(() -> clientCa);
    fields.finish();
    return certificate.flatMap(c -> key.map(k -> new Tls(c, k, clientCa, peerCa)));
  }

  private Storage storage() {
    Optional<YamlFields> fields = root.get("storage").mapping();
    Storage storage =
        new Storage(
            fields.flatMap(f -> f.get("reserve").sizeBytes(MIB, TIB)).orElse(64 * MIB),
            fields.flatMap(f -> f.get("block-cache").sizeBytes(MIB, TIB)).orElse(64 * MIB),
            fields
                .flatMap(f -> f.get("sync-interval").durationMillis(1, SYNC_MILLIS_MAX))
                .orElse(1_000L));
    fields.ifPresent(YamlFields::finish);
    return storage;
  }

  private Limits limits() {
    Optional<YamlFields> fields = root.get("limits").mapping();
    Limits limits =
        new Limits(
            fields.flatMap(f -> f.get("in-flight").integer(1, 1_000_000)).orElse(4_096L).intValue(),
            fields
                .flatMap(f -> f.get("request-size").sizeBytes(1 << 10, 16 * MIB))
                .orElse(2 * MIB)
                .intValue(),
            fields.flatMap(f -> f.get("hot-sessions").sizeBytes(MIB, TIB)).orElse(256 * MIB));
    fields.ifPresent(YamlFields::finish);
    return limits;
  }

  private Optional<Path> file(YamlValue value) {
    Optional<Path> path = path(value);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      value.refuse("cannot read `" + path.get() + "`", "give a file that this user may read");
      return Optional.empty();
    }
    return path;
  }

  private Optional<Path> path(YamlValue value) {
    // InvalidPathException is an IllegalArgumentException that says where the path is bad.
    return value.text(text -> directory.resolve(text).normalize());
  }
}
