package dev.sojourn.sim.rival;

import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.regret.Schedule;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;

/**
 * The cheapest schedule of moves by one who knows all requests in advance, but who moves a session
 * only by being asked, as this protocol does. Nobody can run it; it is what others are held
 * against.
 */
public final class OfflineOptimum implements Strategy {
  private final RoundTrips metric;
  private final double moveCost;

  /**
   * @param metric distances that keep the triangle inequality
   * @param moveCost D: what moving costs more than answering, as a share of the round trip
   */
  public OfflineOptimum(RoundTrips metric, double moveCost) {
    this.metric = metric;
    this.moveCost = moveCost;
  }

  @Override
  public String name() {
    return "offline-optimum";
  }

  @Override
  public String title() {
    return "offline optimum (knows the future)";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new Known(network, Schedule.best(requests, metric, moveCost));
  }

  private static final class Known implements Keeping {
    private final Network network;
    private final Schedule schedule;
    private int next;
    private int place;

    Known(Network network, Schedule schedule) {
      this.network = network;
      this.schedule = schedule;
      this.place = schedule.placeAfter(0);
    }

    @Override
    public Served serve(Request request) {
      int after = schedule.placeAfter(next++);
      if (!network.canTalk(request, place)) {
        return Served.FAILED;
      }
      Served served = network.at(place, request);
      // A move that failed is made up for when that POP asks again: nobody else can move it there.
      boolean moves = after != place && after == request.pop();
      if (moves) {
        place = after;
      }
      return moves ? served.sending(network.sessionBytes()) : served;
    }

    @Override
    public int place() {
      return place;
    }

    @Override
    public int copies() {
      return 1;
    }
  }
}
