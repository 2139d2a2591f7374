package dev.sojourn.sim.rival;

import dev.sojourn.sim.rival.Seen.Write;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.function.Predicate;

/**
 * A copy at every POP, written here and sent to all others afterwards; the last write wins. Always
 * near, and now and then wrong: a read may miss a write on its way, and of two writes that do not
 * know of each other one is lost.
 */
final class ReplicateAsync implements Strategy {
  /** No message is under way for longer, unless somebody is cut off. */
  private static final long ON_THE_WAY_MICROS_MAX = 2_000_000;

  @Override
  public String name() {
    return "everywhere-async";
  }

  @Override
  public String title() {
    return "everywhere, asynchronous";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new Copies(network);
  }

  private static final class Copies implements Keeping {
    private final Network network;
    private final Seen seen = new Seen();

    Copies(Network network) {
      this.network = network;
    }

    @Override
    public Served serve(Request request) {
      long at = request.atMicros();
      boolean stillWhole = network.outages().all().isEmpty();
      seen.forget(write -> stillWhole && write.atMicros() < at - ON_THE_WAY_MICROS_MAX);
      Predicate<Write> isHere = write -> hasArrived(write, request);
      long micros = network.localMicros(request);
      if (!request.isWrite()) {
        boolean stale = seen.missedAt(at, isHere) > 0;
        return new Served(micros, true, true, 0, stale, 0);
      }
      int lost = seen.write(request.pop(), at, at + micros, isHere);
      long content = request.isFirst() ? network.shape().bytes() : network.shape().writeBytes();
      long bytes = (network.pops() - 1L) * (Network.MESSAGE_BYTES + content);
      return new Served(micros, true, true, bytes, false, lost);
    }

    private boolean hasArrived(Write write, Request request) {
      if (write.by() == request.pop()) {
        return true;
      }
      long under =
          network.roundTrips().oneWayMicros(write.by(), request.pop())
              + network.timing().jitter().micros(write.atMicros(), write.by(), request.pop());
      // What a cut holds up is sent when it is over; whether it is, the asker's POP tells.
      boolean heldUp =
          !network.outages().canTalk(write.by(), request.pop(), write.atMicros() / 1_000)
              && !network.outages().canTalk(write.by(), request.pop(), request.atMillis());
      return !heldUp && write.atMicros() + under <= request.atMicros();
    }

    @Override
    public int copies() {
      return network.pops();
    }
  }
}
