package dev.sojourn.cli.demo;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.data.StoryPolicy;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.node.TemporaryDirectory;
import dev.sojourn.cli.demo.replay.Replay;
import dev.sojourn.cli.demo.replay.WarmUp;
import dev.sojourn.cli.demo.report.JsonReport;
import dev.sojourn.cli.demo.report.Request;
import dev.sojourn.cli.demo.report.StorySummary;
import dev.sojourn.cli.demo.report.Summary;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plays both acts of the demo, each in a world of its own: builds it, warms it up, replays the
 * journeys, and takes it down again.
 */
final class Demo {
  /** What counts there is the number of round trips, and not how long they take. */
  private static final int STORY_WARM_UP_ROUNDS = 3;

  private final Screen screen;
  private final int warmUpRounds;

  /**
   * @param requests of the journeys of public record
   * @param story the second act
   */
  record Findings(Summary summary, List<Request> requests, StorySummary story, String json) {
    boolean allHeld() {
      return summary.allHeld() && story.allHeld();
    }
  }

  /** Real nodes, and the distances between them. */
  private record World(
      List<Site> sites, RoundTrips roundTrips, WideAreaNetwork network, Cluster cluster) {}

  /**
   * @param world which is no more; what was measured of it is told
   */
  private record FirstAct(World world, int warmUpMoves, Replay.Result result) {}

  Demo(Screen screen, int warmUpRounds) {
    this.screen = screen;
    this.warmUpRounds = warmUpRounds;
  }

  Findings run() throws IOException, InterruptedException {
    FirstAct first = playJourneys();
    StorySummary story = playStory();
    Replay.Result result = first.result();
    Summary summary =
        Summary.of(result.requests(), result.verifiedWrites(), result.payloadCopies());
    String json =
        JsonReport.of(
            summary,
            result.requests(),
            first.warmUpMoves(),
            first.world().network(),
            first.world().roundTrips()::between,
            story);
    return new Findings(summary, result.requests(), story, json);
  }

  private FirstAct playJourneys() throws IOException, InterruptedException {
    try (CleanUp cleanUp = new CleanUp()) {
      screen.say("");
      screen.say("  Sojourn: sessions that follow their users. Real sites, real round-trip times,");
      screen.say("  journeys of public record; one process for each POP, all on this machine.");
      World world = build(cleanUp, Site.all(), RoundTrips.measured(), Optional.empty());
      int warmUpMoves = warmUp(world, warmUpRounds);
      return new FirstAct(world, warmUpMoves, replay(world, Journey.all(world.sites())));
    }
  }

  private StorySummary playStory() throws IOException, InterruptedException {
    try (CleanUp cleanUp = new CleanUp()) {
      screen.say("");
      screen.say("  The second act: a residency policy between a session and its user.");
      World world =
          build(
              cleanUp,
              Site.ofTheStory(),
              RoundTrips.modelled(),
              Optional.of(StoryPolicy.content()));
      warmUp(world, STORY_WARM_UP_ROUNDS);
      Replay.Result result = replay(world, List.of(Journey.story(world.sites())));
      return new StorySummary(
          result.requests(), result.verifiedWrites(), result.payloadCopies().get(0));
    }
  }

  /**
   * @param policy what all nodes obey
   */
  private World build(
      CleanUp cleanUp, List<Site> sites, RoundTrips roundTrips, Optional<byte[]> policy)
      throws IOException, InterruptedException {
    List<PopId> pops = sites.stream().map(Site::pop).toList();
    Path directory = cleanUp.add(new TemporaryDirectory("sojourn-demo-")).path();
    WideAreaNetwork network = cleanUp.add(WideAreaNetwork.start(pops, roundTrips::between));
    tellWorld(sites, roundTrips, network);
    Map<PopId, NodePorts> ports = NodePorts.free(pops);
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.now(ZoneOffset.UTC)));
    ports.forEach(
        (pop, own) ->
            network.connect(
                pop, new InetSocketAddress(InetAddress.getLoopbackAddress(), own.peers())));
    ClusterFiles files = new ClusterFiles(directory, sites, ports);
    if (policy.isPresent()) {
      Files.write(directory.resolve("policy.yaml"), policy.get());
      files = files.withPolicy();
    }
    Map<PopId, Path> nodeFiles = files.write(network::port);
    Cluster cluster = cleanUp.add(new Cluster(ports));
    int[] started = {0};
    cluster.start(nodeFiles, pop -> screen.progress("starting nodes", ++started[0], pops.size()));
    return new World(sites, roundTrips, network, cluster);
  }

  private void tellWorld(List<Site> sites, RoundTrips roundTrips, WideAreaNetwork network) {
    screen.say("");
    for (Site site : sites) {
      screen.say(
          String.format(Locale.ROOT, "  %-4s %s, %s", site.pop(), site.city(), site.country()));
    }
    Duration worst = Duration.ZERO;
    for (WideAreaNetwork.Link link : network.links()) {
      Duration more =
          network
              .appliedRoundTrip(link.from(), link.to())
              .minus(roundTrips.between(link.from(), link.to()));
      worst = more.compareTo(worst) > 0 ? more : worst;
    }
    screen.say(
        String.format(
            Locale.ROOT,
            "%n  %d links; a ping through a relay takes at most %.2f ms more than its link should.",
            network.links().size(),
            worst.toNanos() / 1e6));
  }

  /** Returns how many moves it took. */
  private int warmUp(World world, int rounds) throws InterruptedException {
    WarmUp warmUp = new WarmUp(world.cluster());
    int moves = warmUp.moves(rounds);
    // The processors must warm up, not the distances: without them it takes seconds, not minutes.
    world.network().collapse();
    warmUp.run(rounds, done -> screen.progress("warm-up moves, not counted", done, moves));
    world.network().awaitQuiet(Duration.ofMillis(200), Duration.ofSeconds(20));
    world.network().expand();
    return moves;
  }

  private Replay.Result replay(World world, List<Journey> journeys) throws InterruptedException {
    return new Replay(journeys, world.cluster(), world.network(), world.roundTrips())
        .run((stops, all) -> screen.progress("replaying stops", stops, all));
  }
}
