package dev.sojourn.core;

import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.value.RandomSource;

/**
 * The protocol of one shard of a POP's sessions: event in, effects out. It owns no thread, clock,
 * disk or socket, and is driven alike by a node and by the simulator.
 *
 * <p>Not thread-safe: one thread (or one virtual time line) calls it.
 */
public final class SessionProtocol {
  private final CoreSettings settings;
  private final RandomSource random;

  public SessionProtocol(CoreSettings settings, RandomSource random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Takes in one event.
   *
   * @param nowMillis wall-clock milliseconds that never go back within one life of this object
   */
  public Effects handle(long nowMillis, Event event) {
    throw new UnsupportedOperationException(settings.self() + " at " + nowMillis + random + event);
  }
}
