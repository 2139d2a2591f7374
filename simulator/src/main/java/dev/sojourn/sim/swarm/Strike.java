package dev.sojourn.sim.swarm;

import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.value.PopId;

/** Something that goes wrong with one message, or at one boundary between two effects. */
public sealed interface Strike {
  /**
   * @param ordinal counts the messages of that kind on that way from 0
   */
  record OfMessage(String kind, PopId from, PopId to, int ordinal, Fate fate) implements Strike {}

  /**
   * @param ordinal counts the boundaries of that moment at that POP from 0
   */
  record OfProcess(PopId pop, Moment moment, int ordinal, Crash crash) implements Strike {}
}
