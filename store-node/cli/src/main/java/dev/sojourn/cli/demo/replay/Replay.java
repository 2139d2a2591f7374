package dev.sojourn.cli.demo.replay;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.report.Request;
import java.util.ArrayList;
import java.util.List;

/** Replays journeys one request after the other, and then asks what became of every write. */
public final class Replay {
  private final List<Journey> journeys;
  private final Cluster cluster;
  private final WideAreaNetwork network;
  private final RoundTrips roundTrips;

  /** Told of each stop that is done, and of how many there are. */
  public interface Progress {
    void visited(int stops, int stopsInAll);
  }

  /**
   * @param verifiedWrites of the acknowledged writes, how many were read back as written, once
   * @param payloadCopies for each session, at how many POPs its payload rests
   */
  public record Result(List<Request> requests, int verifiedWrites, List<Integer> payloadCopies) {}

  public Replay(
      List<Journey> journeys, Cluster cluster, WideAreaNetwork network, RoundTrips roundTrips) {
    this.journeys = List.copyOf(journeys);
    this.cluster = cluster;
    this.network = network;
    this.roundTrips = roundTrips;
  }

  public Result run(Progress progress) throws InterruptedException {
    Settling settling = new Settling(cluster, network);
    List<Request> requests = new ArrayList<>();
    List<Integer> payloadCopies = new ArrayList<>();
    int verifiedWrites = 0;
    int visited = 0;
    int stops = journeys.stream().mapToInt(journey -> journey.stops().size()).sum();
    for (Journey journey : journeys) {
      Traveller traveller = new Traveller(journey, cluster, network, roundTrips, settling);
      for (int i = 0; i < journey.stops().size(); i++) {
        traveller.visit(i);
        progress.visited(++visited, stops);
      }
      requests.addAll(traveller.requests());
      verifiedWrites += traveller.verifiedWrites();
      payloadCopies.add(traveller.payloadCopies());
    }
    return new Result(requests, verifiedWrites, payloadCopies);
  }
}
