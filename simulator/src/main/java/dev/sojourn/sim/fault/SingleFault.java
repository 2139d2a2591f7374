package dev.sojourn.sim.fault;

import dev.sojourn.sim.world.Boundary;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Sent;
import java.util.Optional;

/** Exactly one thing goes wrong. */
public sealed interface SingleFault extends Faults {
  /** One message has another fate than to be delivered. */
  record OfMessage(long index, Fate fate) implements SingleFault {
    @Override
    public Fate fateOf(Sent sent) {
      return sent.index() == index ? fate : Fate.DELIVERED;
    }

    @Override
    public String toString() {
      return "message " + index + " " + fate.kind() + " " + fate.millis();
    }
  }

  /** One POP dies at one boundary, its own or another's. */
  record OfProcess(long boundary, Crash crash) implements SingleFault {
    @Override
    public Optional<Crash> crashAt(Boundary reached) {
      return reached.index() == boundary ? Optional.of(crash) : Optional.empty();
    }

    @Override
    public String toString() {
      return "boundary " + boundary + " " + crash.victim() + " " + crash.kept();
    }
  }
}
