package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Session;

/** All sessions in one store at one POP. */
final class CentralStore implements Strategy {
  @Override
  public String name() {
    return "central";
  }

  @Override
  public String title() {
    return "one central store";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new FixedPlace(network, network.central());
  }
}
