package dev.sojourn.cli.demo;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.node.TemporaryDirectory;
import dev.sojourn.cli.demo.replay.Replay;
import dev.sojourn.cli.demo.replay.WarmUp;
import dev.sojourn.cli.demo.report.JsonReport;
import dev.sojourn.cli.demo.report.Request;
import dev.sojourn.cli.demo.report.Summary;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds the world of the demo, warms it up, replays the journeys, and takes it down again. */
final class Demo {
  private final Screen screen;
  private final int warmUpRounds;
  private final List<Site> sites = Site.all();
  private final RoundTrips roundTrips = RoundTrips.measured();

  record Findings(Summary summary, List<Request> requests, String json) {}

  Demo(Screen screen, int warmUpRounds) {
    this.screen = screen;
    this.warmUpRounds = warmUpRounds;
  }

  Findings run() throws IOException, InterruptedException {
    List<PopId> pops = sites.stream().map(Site::pop).toList();
    try (CleanUp cleanUp = new CleanUp()) {
      TemporaryDirectory directory = cleanUp.add(new TemporaryDirectory("sojourn-demo-"));
      WideAreaNetwork network = cleanUp.add(WideAreaNetwork.start(pops, roundTrips::between));
      tellWorld(network);
      Map<PopId, NodePorts> ports = NodePorts.free(pops);
      Map<PopId, Path> files = write(directory.path(), ports, network);
      Cluster cluster = cleanUp.add(new Cluster(ports));
      int[] started = {0};
      cluster.start(files, pop -> screen.progress("starting nodes", ++started[0], pops.size()));
      int warmUpMoves = warmUp(cluster, network);
      Replay replay = new Replay(Journey.all(sites), cluster, network, roundTrips);
      Replay.Result result =
          replay.run((stops, all) -> screen.progress("replaying stops", stops, all));
      Summary summary =
          Summary.of(result.requests(), result.verifiedWrites(), result.payloadCopies());
      String json =
          JsonReport.of(summary, result.requests(), warmUpMoves, network, roundTrips::between);
      return new Findings(summary, result.requests(), json);
    }
  }

  private void tellWorld(WideAreaNetwork network) {
    screen.say("");
    screen.say("  Sojourn: sessions that follow their users. Real sites, real round-trip times,");
    screen.say("  journeys of public record; one process for each POP, all on this machine.");
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

  private int warmUp(Cluster cluster, WideAreaNetwork network) throws InterruptedException {
    WarmUp warmUp = new WarmUp(cluster);
    int moves = warmUp.moves(warmUpRounds);
    // The processors must warm up, not the distances: without them it takes seconds, not minutes.
    network.collapse();
    warmUp.run(warmUpRounds, done -> screen.progress("warm-up moves, not counted", done, moves));
    network.awaitQuiet(Duration.ofMillis(200), Duration.ofSeconds(20));
    network.expand();
    return moves;
  }

  private Map<PopId, Path> write(
      Path directory, Map<PopId, NodePorts> ports, WideAreaNetwork network) throws IOException {
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.now(ZoneOffset.UTC)));
    ports.forEach(
        (pop, own) ->
            network.connect(
                pop, new InetSocketAddress(InetAddress.getLoopbackAddress(), own.peers())));
    return new ClusterFiles(directory, sites, ports).write(network::port);
  }
}
