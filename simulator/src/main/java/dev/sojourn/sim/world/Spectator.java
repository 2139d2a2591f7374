package dev.sojourn.sim.world;

import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Sees how a run goes, to count it. It changes nothing. */
public interface Spectator {
  Spectator NONE = new Spectator() {};

  /**
   * A core took in an event.
   *
   * @param before the record that the event is about as it was written last, if there was one
   */
  default void handled(PopId pop, Optional<SessionRecord> before, Event event, Effects effects) {}

  /** Something went wrong that was meant to. */
  default void befell(String fault) {}
}
