package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;

/** A way to keep sessions (the shape is that of Caffeine's simulator). Stateless, thread-safe. */
public interface Strategy {
  /** As a scenario names it: lower case, hyphens. */
  String name();

  /** In a few words, for a report. */
  String title();

  /**
   * A new session.
   *
   * @param requests all that it will be asked, for strategies that know the future; others must not
   *     look
   */
  Keeping open(Network network, Session requests);

  /** One session under a strategy. Not thread-safe. */
  interface Keeping {
    /** Serves one request; they come in the order of time. */
    Served serve(Request request);

    /**
     * Where the only copy is that counts; {@link #NO_PLACE} where there is no such thing. Then a
     * residency policy takes it to be at every POP, or, if there is no copy, nowhere but with the
     * user.
     */
    default int place() {
      return NO_PLACE;
    }

    /** How many POPs store the session now. */
    int copies();
  }

  /** No single POP is the session's place. */
  int NO_PLACE = -1;
}
