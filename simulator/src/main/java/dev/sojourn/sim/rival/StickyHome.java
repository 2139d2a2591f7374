package dev.sojourn.sim.rival;

import dev.sojourn.sim.terms.Session;

/** Each session stays at the POP where it began; every other POP asks there. */
final class StickyHome implements Strategy {
  @Override
  public String name() {
    return "sticky-home";
  }

  @Override
  public String title() {
    return "sticky home, remote access";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    return new FixedPlace(network, requests.get(0).pop());
  }
}
