package dev.sojourn.sim.rival;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;

/**
 * Each session at a POP that its id is hashed to, as a ring of caches does it (Karger and others,
 * 1997). Which one it is says nothing about where the user is.
 */
final class ConsistentHash implements Strategy {
  @Override
  public String name() {
    return "hash";
  }

  @Override
  public String title() {
    return "consistent hashing to a POP";
  }

  @Override
  public Keeping open(Network network, Session requests) {
    Request first = requests.get(0);
    long id = Draws.mix(first.atMillis() * 31 + first.pop() + 31L * requests.size());
    return new FixedPlace(network, (int) Long.remainderUnsigned(id, network.pops()));
  }
}
