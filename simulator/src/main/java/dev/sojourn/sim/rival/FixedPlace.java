package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Request;

/** A session that stays where it is, asked from everywhere. */
record FixedPlace(Network network, int place) implements Strategy.Keeping {
  @Override
  public Served serve(Request request) {
    return network.at(place, request);
  }

  @Override
  public int copies() {
    return 1;
  }
}
