package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.SHOP;
import static dev.sojourn.server.TestNodes.put;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.rpc.Status;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.ResidencySweep.Stage;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;

/**
 * Real nodes in the US, Germany and Japan, all that they keep and say, and a search in it for
 * values that lie or pass where a policy forbids. That policy is the judge's: a node may be given
 * another one, to see that the search finds what it does wrong.
 */
final class SearchedNodes implements AutoCloseable {
  static final PopId BOS = TestNodes.BOS;
  static final PopId FRA = TestNodes.FRA;
  static final PopId TYO = new PopId("tyo");
  static final List<PopId> POPS = List.of(BOS, FRA, TYO);

  private static final long TOKEN_RANDOM_BYTES = 15;

  private final Path directory;
  private final TestNodes nodes;
  private final NamespacePolicy judge;
  private final LogTap log = new LogTap();
  private final List<Line> lines = new ArrayList<>();
  private final Map<PopId, SessionServiceBlockingStub> clients = new LinkedHashMap<>();
  private final Map<PopId, StringBuilder> answers = new LinkedHashMap<>();
  private final Map<PopId, StringBuilder> pages = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<Leak> leaks = new ArrayList<>();

  /** The line that one POP dials to another one. */
  private record Line(PopId from, PopId to, WireTap tap) {}

  /** A value that was sent to be written: it stands nowhere else, and does not compress. */
  record Secret(String token, String field, Country residency) {}

  /**
   * @param policy by which all is judged, and which the nodes obey that are not given another one
   */
  SearchedNodes(Path directory, String policy) throws IOException {
    this.directory = directory;
    this.nodes = new TestNodes(directory, BOS, FRA, TYO);
    Path file = directory.resolve("policy.yaml");
    Files.writeString(file, policy);
    nodes.obey(file, BOS, "US", -71);
    nodes.obey(file, FRA, "DE", 8.6);
    nodes.obey(file, TYO, "JP", 139.7);
    this.judge =
        CompiledPolicy.compile(DrawnPolicy.read(policy).orElseThrow(), nodes.sites()).of(SHOP);
    for (PopId from : POPS) {
      for (PopId to : POPS) {
        if (!from.equals(to)) {
          WireTap tap = new WireTap(nodes.peerAddress(to).port());
          lines.add(new Line(from, to, tap));
          nodes.reach(from, to, new Address("127.0.0.1", tap.port()));
        }
      }
    }
  }

  /** Lets one POP obey another policy than the judge's. */
  void obey(PopId pop, String policy) throws IOException {
    Path own = directory.resolve(pop + ".yaml");
    Files.writeString(own, policy);
    nodes.obey(pop, own);
  }

  TestNodes nodes() {
    return nodes;
  }

  /** Starts all, and waits until each has met the others: a new session may be made at any. */
  void start(StoreOpener opener) throws NodeFailure {
    for (PopId pop : POPS) {
      nodes.start(pop, opener);
    }
    for (PopId pop : POPS) {
      TestNodes.await(
          pop + " has met its peers",
          () -> nodes.node(pop).status().peers().links() >= POPS.size() - 1);
    }
  }

  /**
   * Lets all nodes obey the judge's policy, which becomes stricter than what they obeyed, waits for
   * the end of their sweeps, and forgets what was lawfully said before that.
   */
  void tighten(String policy) throws IOException {
    for (PopId pop : POPS) {
      obey(pop, policy);
    }
    POPS.forEach(pop -> TestNodes.await(pop + " obeys", () -> !sweep(pop).policy().equals("open")));
    lines.forEach(line -> line.tap().forget());
    answers.clear();
    POPS.forEach(pop -> TestNodes.await(pop + " is swept", () -> sweep(pop).stage() == Stage.DONE));
  }

  ResidencySweep.Report sweep(PopId pop) {
    return nodes.node(pop).status().sweep();
  }

  /** Ends a node, searches its files, and starts it again. */
  void restart(PopId pop) throws Exception {
    lookAtPages(pop);
    nodes.node(pop).close();
    lookAtFiles(pop);
    nodes.start(pop);
    clients.remove(pop);
  }

  /** Whoever calls this POP from here on has to dial it anew. */
  void forgetClient(PopId pop) {
    clients.remove(pop);
  }

  /** A value for {@code field} of a session of {@code residency}, as an operation that puts it. */
  Operation secret(String field, String residency, byte[] random) {
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    if (random.length < TOKEN_RANDOM_BYTES) {
      throw new IllegalArgumentException("such a value might stand somewhere by chance");
    }
    secrets.add(new Secret(token, field, new Country(residency)));
    return put(field, token);
  }

  /** A new session; empty if it is refused. */
  Optional<ExecuteResponse> create(PopId pop, String residency, Operation... operations) {
    return execute(
        pop,
        nodes
            .request("", operations)
            .setCreate(Create.newBuilder().setResidencyCountry(residency))
            .build());
  }

  /** Empty if it is refused. */
  Optional<ExecuteResponse> execute(PopId pop, ExecuteRequest request) {
    try {
      ExecuteResponse response =
          clients
              .computeIfAbsent(pop, nodes::client)
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .execute(request);
      note(answers, pop, response.toByteArray());
      return Optional.of(response);
    } catch (StatusRuntimeException refused) {
      Status told = StatusProto.fromThrowable(refused);
      if (told == null) {
        throw refused;
      }
      note(answers, pop, told.toByteArray());
      return Optional.empty();
    }
  }

  private static void note(Map<PopId, StringBuilder> where, PopId pop, byte[] bytes) {
    where.computeIfAbsent(pop, any -> new StringBuilder()).append(new String(bytes, ISO_8859_1));
  }

  private static String of(Map<PopId, StringBuilder> where, PopId pop) {
    return where.getOrDefault(pop, new StringBuilder()).toString();
  }

  /** Ends all nodes, and searches everything. */
  List<Leak> search() throws Exception {
    POPS.forEach(this::lookAtPages);
    nodes.close();
    for (PopId pop : POPS) {
      lookAtFiles(pop);
      lookAt(Leak.Place.FRAMES, pop, frames(pop)::contains);
      lookAt(Leak.Place.ANSWERS, pop, of(answers, pop)::contains);
      lookAt(Leak.Place.PAGES, pop, of(pages, pop)::contains);
    }
    lookAt(Leak.Place.LOGS, BOS, log.text()::contains);
    return List.copyOf(leaks);
  }

  /**
   * How many values are where they may be: a world in which nothing went anywhere proves little.
   */
  long atRest(PopId pop) throws IOException, RocksDBException {
    StoreSearch store = new StoreSearch(nodes.dataDirectory(pop), directory);
    return secrets.stream().filter(each -> store.holdsRead(each.token())).count();
  }

  void lookAtFiles(PopId pop) throws IOException, RocksDBException {
    StoreSearch store = new StoreSearch(nodes.dataDirectory(pop), directory);
    lookAt(Leak.Place.FILES, pop, store::holdsRaw);
    lookAt(Leak.Place.RECORDS, pop, store::holdsRead);
  }

  private String frames(PopId pop) {
    StringBuilder arrived = new StringBuilder();
    for (Line line : lines) {
      if (line.to().equals(pop)) {
        arrived.append(new String(line.tap().there(), ISO_8859_1)).append('\n');
      } else if (line.from().equals(pop)) {
        arrived.append(new String(line.tap().back(), ISO_8859_1)).append('\n');
      }
    }
    return arrived.toString();
  }

  private void lookAtPages(PopId pop) {
    for (String page : List.of("metrics", "status", "ledger")) {
      note(pages, pop, page(pop, page));
    }
  }

  /** How many sessions this POP has kept a part of, since its start. */
  long splits(PopId pop) {
    String metrics = new String(page(pop, "metrics"), UTF_8);
    return metrics
        .lines()
        .filter(line -> line.startsWith("sojourn_steps_total{step=\"split\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What a POP's audit ledger says now. */
  String ledger(PopId pop) {
    return new String(page(pop, "ledger"), UTF_8);
  }

  private byte[] page(PopId pop, String page) {
    URI address = URI.create("http://127.0.0.1:" + nodes.node(pop).ports().admin() + "/" + page);
    try (InputStream in = address.toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Holding {
    boolean holds(String token);
  }

  private void lookAt(Leak.Place place, PopId pop, Holding holding) {
    for (Secret secret : secrets) {
      if (!isLawful(place, pop, secret) && holding.holds(secret.token())) {
        leaks.add(new Leak(place, pop, secret));
      }
    }
  }

  private boolean isLawful(Leak.Place place, PopId pop, Secret secret) {
    Decision decision = judge.decide(secret.residency(), judge.classOf(secret.field(), ""), pop);
    return switch (place) {
      case FILES, RECORDS -> decision.mayStore();
      case FRAMES, ANSWERS -> decision.mayAccess();
      case LOGS, PAGES -> false;
    };
  }

  @Override
  public void close() {
    nodes.close();
    lines.forEach(line -> line.tap().close());
    log.close();
  }
}
