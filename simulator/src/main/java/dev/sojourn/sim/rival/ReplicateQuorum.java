package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.Arrays;

/**
 * A copy at every POP; a read or a write waits for the nearest majority. Taken at its best: one
 * round for each request, as if no two were ever in each other's way.
 */
final class ReplicateQuorum implements Strategy {
  @Override
  public String name() {
    return "everywhere-quorum";
  }

  @Override
  public String title() {
    return "everywhere, by quorum";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new Quorum(network);
  }

  private static final class Quorum implements Keeping {
    private final Network network;
    private int knownFor = NO_PLACE;
    private long majorityMicros;

    Quorum(Network network) {
      this.network = network;
    }

    @Override
    public Served serve(Request request) {
      int others = network.pops() / 2;
      if (others == 0) {
        return Served.local(network.localMicros(request));
      }
      boolean isQuiet = network.outages().all().isEmpty() && network.timing().jitter().isNone();
      if (!isQuiet || knownFor != request.pop()) {
        majorityMicros = majority(request, others);
        knownFor = request.pop();
      }
      if (majorityMicros == Long.MAX_VALUE) {
        return Served.FAILED;
      }
      long micros =
          network.localMicros(request) + majorityMicros + network.timing().serviceMicros();
      long content = request.isFirst() ? network.shape().bytes() : network.shape().writeBytes();
      long each = 2L * Network.MESSAGE_BYTES + (request.isWrite() ? content : 0);
      long whole = request.isWrite() ? 0 : network.shape().bytes();
      return Served.remote(micros, (network.pops() - 1) * each + whole);
    }

    /** The round trip to the last one of the nearest majority. */
    private long majority(Request request, int others) {
      long[] nearest = new long[network.pops()];
      int reached = 0;
      for (int pop = 0; pop < network.pops(); pop++) {
        if (pop != request.pop() && network.canTalk(request, pop)) {
          nearest[reached++] = network.roundTripMicros(request, pop);
        }
      }
      if (reached < others) {
        return Long.MAX_VALUE;
      }
      Arrays.sort(nearest, 0, reached);
      return nearest[others - 1];
    }

    @Override
    public int copies() {
      return network.pops();
    }
  }
}
