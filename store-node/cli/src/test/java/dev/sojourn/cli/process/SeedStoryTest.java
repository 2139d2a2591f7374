package dev.sojourn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.data.StoryPolicy;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.replay.Replay;
import dev.sojourn.cli.demo.report.StorySummary;
import dev.sojourn.cli.process.Holds.Crossing;
import dev.sojourn.cli.status.Metrics;
import dev.sojourn.client.NewSession;
import dev.sojourn.client.Outcome;
import dev.sojourn.client.Outcome.How;
import dev.sojourn.client.Session;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.v1.PeerEnvelope.MessageCase;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story that Sojourn began with, on the real sites of the demo's second act, at their distances
 * and under its policy: down the coast from Boston, a flight to Tokyo, where the session must not
 * rest, and home. Trips are counted by the messages that cross the relays between the POPs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedStoryTest {
  private static final PopId BOSTON = new PopId("bos");
  private static final PopId NEW_YORK = new PopId("jfk");
  private static final PopId WEST_COAST = new PopId("sjc");
  private static final PopId TOKYO = new PopId("nrt");
  private static final Set<MessageCase> ASKED_AND_ANSWERED =
      EnumSet.of(
          MessageCase.ACQUIRE,
          MessageCase.GRANTED,
          MessageCase.EXECUTED,
          MessageCase.PASSED_TO,
          MessageCase.MOVED,
          MessageCase.REFUSED,
          MessageCase.UNKNOWN);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RoundTrips roundTrips = RoundTrips.modelled();
  private final Holds holds = new Holds();
  private final Map<List<PopId>, MessageRelay> relays = new LinkedHashMap<>();
  private Map<PopId, NodePorts> ports = Map.of();
  private WideAreaNetwork network;
  private Cluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    List<PopId> pops = Site.ofTheStory().stream().map(Site::pop).toList();
    network = WideAreaNetwork.start(pops, roundTrips::between);
    ports = NodePorts.free(pops);
    for (PopId to : pops) {
      network.connect(
          to, new InetSocketAddress(InetAddress.getLoopbackAddress(), portsOf(to).peers()));
      for (PopId from : pops) {
        if (!from.equals(to)) {
          relays.put(List.of(from, to), new MessageRelay(from, to, network.port(from, to), holds));
        }
      }
    }
    KeysFile.create(
        directory.resolve("keys.yaml"), NodeKeys.fresh(new SecureRandomSource(), LocalDate.EPOCH));
    Files.write(directory.resolve("policy.yaml"), StoryPolicy.content());
    Map<PopId, Path> files =
        new ClusterFiles(directory, Site.ofTheStory(), ports)
            .withPolicy()
            .write((from, to) -> relayOf(from, to).port());
    cluster = new Cluster(ports);
    cluster.start(files, pop -> {});
    for (PopId pop : pops) {
      await(pop + " has met its peers", () -> links(pop) == pops.size() - 1);
    }
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    cluster.close();
    for (MessageRelay relay : relays.values()) {
      relay.close();
    }
    network.close();
  }

  @Test
  void shouldServeATravellerFromTheNearestPopWhereHerSessionMayRest() throws Exception {
    Session atHome = cluster.client(BOSTON).start(NewSession.defaults().residency("US"));
    atHome.putText("cart", "a hat").increment("n", 1).save();
    settle();
    Traveller ada = new Traveller(atHome);

    ada.asksAt(NEW_YORK);
    ada.awaitRestAt(NEW_YORK);
    assertThat(ada.outcome().how()).isEqualTo(How.GRANTED);
    assertThat(ada.trips()).isEqualTo(trip(NEW_YORK, BOSTON, MessageCase.GRANTED));

    ada.asksAt(TOKYO);
    ada.awaitRestAt(WEST_COAST);
    assertThat(ada.outcome().how()).isEqualTo(How.EXECUTED_REMOTELY);
    assertThat(ada.outcome().roundTrips()).isEqualTo(1);
    assertThat(ada.trips()).isEqualTo(trip(TOKYO, NEW_YORK, MessageCase.EXECUTED));

    // The hint that she carries still names New York, which passes it on.
    ada.asksAt(TOKYO);
    ada.awaitRestAt(WEST_COAST);
    assertThat(ada.outcome().ownerPop()).isEqualTo(WEST_COAST.name());
    assertThat(ada.outcome().roundTrips()).isLessThanOrEqualTo(2);

    for (int request = 3; request <= 5; request++) {
      ada.asksAt(TOKYO);
      ada.awaitRestAt(WEST_COAST);
      assertThat(ada.outcome().roundTrips()).as("request " + request).isEqualTo(1);
      assertThat(ada.crossings())
          .as("request " + request)
          .isEqualTo(trip(TOKYO, WEST_COAST, MessageCase.EXECUTED));
    }

    ada.asksAt(NEW_YORK);
    ada.awaitRestAt(NEW_YORK);
    assertThat(ada.outcome().how()).isEqualTo(How.GRANTED);
    assertThat(ada.trips()).isEqualTo(trip(NEW_YORK, WEST_COAST, MessageCase.GRANTED));
    assertThat(ada.outcome().version()).isEqualTo(8);
  }

  @Test
  void shouldHoldEveryPromiseOfTheDemosSecondAct() throws Exception {
    Journey journey = Journey.story(Site.ofTheStory());
    Replay.Result result =
        new Replay(List.of(journey), cluster, network, roundTrips).run((stops, all) -> {});
    assertThat(
            new StorySummary(
                    result.requests(), result.verifiedWrites(), result.payloadCopies().get(0))
                .promises())
        .allMatch(promise -> promise.held());
  }

  private static List<Crossing> trip(PopId there, PopId owner, MessageCase answer) {
    return List.of(
        new Crossing(there, owner, MessageCase.ACQUIRE), new Crossing(owner, there, answer));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.sleep(10);
    }
  }

  /** Waits until nothing is under way any more, and forgets what was. */
  private List<Crossing> settle() throws InterruptedException {
    assertThat(network.awaitQuiet(QUIET, PATIENCE)).isTrue();
    return holds.takeCrossings();
  }

  private double links(PopId pop) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + portsOf(pop).admin() + "/metrics");
    try (InputStream in = page.toURL().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Metrics.parse(text).value("sojourn_peer_links").orElseThrow();
    }
  }

  private NodePorts portsOf(PopId pop) {
    NodePorts own = ports.get(pop);
    if (own == null) {
      throw new IllegalArgumentException("no node at " + pop);
    }
    return own;
  }

  private MessageRelay relayOf(PopId from, PopId to) {
    MessageRelay relay = relays.get(List.of(from, to));
    if (relay == null) {
      throw new IllegalArgumentException("no relay from " + from + " to " + to);
    }
    return relay;
  }

  /** Carries a hint, and writes once wherever she is. */
  private final class Traveller {
    private Session session;
    private PopId pop = BOSTON;
    private List<Crossing> crossings = List.of();

    Traveller(Session atHome) {
      session = atHome;
    }

    void asksAt(PopId called) {
      pop = called;
      session = cluster.client(called).resume(hint());
      session.increment("n", 1).save();
    }

    /** Until this POP alone holds her session, and nobody has anything more to say about it. */
    void awaitRestAt(PopId only) throws IOException, InterruptedException {
      await("the session rests at " + only + " alone", () -> restsAt().equals(List.of(only)));
      crossings = settle();
    }

    private String hint() {
      return session.hint().orElseThrow();
    }

    Outcome outcome() {
      return session.lastOutcome().orElseThrow();
    }

    /** All that POPs said to each other until nothing was left to say. */
    List<Crossing> crossings() {
      return crossings;
    }

    /** What the POP that she called asked of others for her, and what they answered. */
    List<Crossing> trips() {
      return crossings.stream()
          .filter(each -> each.touches(pop) && ASKED_AND_ANSWERED.contains(each.kind()))
          .toList();
    }

    private List<PopId> restsAt() {
      return cluster.pops().stream()
          .filter(each -> cluster.client(each).inspect(hint(), false).holdsPayload())
          .toList();
    }
  }
}
