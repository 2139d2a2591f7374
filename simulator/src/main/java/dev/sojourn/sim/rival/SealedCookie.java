package dev.sojourn.sim.rival;

import dev.sojourn.sim.rival.Seen.Write;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.function.Predicate;

/**
 * The client carries the whole session in a sealed cookie. No POP keeps anything, so nothing is far
 * away and nothing fails; but each device has a cookie of its own, what was logged out cannot be
 * taken back, and a session must fit.
 */
final class SealedCookie implements Strategy {
  /** What browsers must take at least (RFC 6265, section 6.1), and most take no more. */
  static final int COOKIE_BYTES_MAX = 4096;

  private static final int SEAL_BYTES = 48;

  @Override
  public String name() {
    return "sealed-cookie";
  }

  @Override
  public String title() {
    return "whole session in a sealed cookie";
  }

  /** As text, a third longer, of a session of that size. */
  static int cookieBytes(int sessionBytes) {
    return (sessionBytes + SEAL_BYTES + 2) / 3 * 4;
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new Cookies(network);
  }

  private static final class Cookies implements Keeping {
    private final Network network;
    private final Seen seen = new Seen();

    // Up to which write each device got the other's state, when it was set up.
    private final int[] copiedUpTo = {-1, -1};
    private int writes;

    Cookies(Network network) {
      this.network = network;
    }

    @Override
    public Served serve(Request request) {
      if (cookieBytes(network.shape().bytes()) > COOKIE_BYTES_MAX) {
        return Served.FAILED;
      }
      int device = request.device();
      if (copiedUpTo[device] < 0) {
        // Set up from the other device, as by logging in there once.
        copiedUpTo[device] = writes;
      }
      long micros = network.timing().serviceMicros();
      long at = request.atMicros();
      Predicate<Write> isMine =
          write -> write.by() == device || write.number() < copiedUpTo[device];
      if (!request.isWrite()) {
        return new Served(micros, true, true, 0, seen.missedAt(at, isMine) > 0, 0);
      }
      writes++;
      int lost = seen.write(device, at, at + micros, isMine);
      return new Served(micros, true, true, 0, false, lost);
    }

    @Override
    public int copies() {
      return 0;
    }
  }
}
