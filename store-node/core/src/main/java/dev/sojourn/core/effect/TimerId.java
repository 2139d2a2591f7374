package dev.sojourn.core.effect;

import dev.sojourn.value.KeyHash;

/**
 * Names a timer.
 *
 * @param tag tells apart several timers of one kind for one session
 */
public record TimerId(KeyHash key, Kind kind, long tag) {
  /** What a timer waits for. */
  public enum Kind {
    /** A request that waits for another POP gives up: the client is told whom it waited for. */
    REQUEST_DEADLINE
  }
}
