package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Moving;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;

/**
 * The session moves to whoever asks, with the first request: fetched, stored, and only then used.
 * There is one copy, so no update is lost and no read is stale.
 */
final class FirstTouch implements Strategy {
  @Override
  public String name() {
    return "first-touch";
  }

  @Override
  public String title() {
    return "move on first touch";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new Moving(network, requests.get(0).pop());
  }

  private static final class Moving implements Keeping {
    private final Network network;
    private int place;

    Moving(Network network, int place) {
      this.network = network;
      this.place = place;
    }

    @Override
    public Served serve(Request request) {
      if (!network.canTalk(request, place)) {
        return Served.FAILED;
      }
      if (request.pop() == place) {
        return Served.local(network.localMicros(request));
      }
      // Let go durably over there, made durable here; then the request is run.
      long micros =
          network.roundTripMicros(request, place)
              + 2 * network.timing().syncMicros()
              + 2 * network.timing().serviceMicros();
      place = request.pop();
      long asking = Network.MESSAGE_BYTES + Network.HINT_BYTES;
      return Served.remote(micros, asking + network.sessionBytes());
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
