package dev.sojourn.sim.world;

import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.SessionProtocol;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.value.RandomSource;

/** The protocol as the world drives it: the very object that a node runs, or a mutant of it. */
public interface Core {
  Effects handle(long nowMillis, Event event);

  /** Makes one for each life of each POP. */
  interface Maker {
    Core make(CoreSettings settings, RandomSource random);
  }

  /** The real one. */
  Maker REAL = (settings, random) -> new SessionProtocol(settings, random)::handle;
}
