package dev.sojourn.sim.world;

import java.util.Optional;

/** What goes wrong, asked of at each point where something can. */
public interface Faults {
  Faults NONE = new Faults() {};

  default Fate fateOf(Sent sent) {
    return Fate.DELIVERED;
  }

  default Optional<Crash> crashAt(Boundary boundary) {
    return Optional.empty();
  }
}
