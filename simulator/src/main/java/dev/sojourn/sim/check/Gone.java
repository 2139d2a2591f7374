package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which versions crashes have undone that clients may have seen: what an {@code async} namespace
 * may lose. In a {@code strict} one nothing is ever in here.
 */
final class Gone {
  private final Map<Ownership, Undone> undone = new LinkedHashMap<>();

  private record Ownership(KeyHash key, Epoch epoch) {}

  /** An owner's process dies once within an epoch: what comes after it is a new one. */
  void observe(Undone observation) {
    undone.put(new Ownership(observation.key(), observation.epoch()), observation);
  }

  boolean contains(KeyHash key, Epoch epoch, long version) {
    return missing(key, epoch, version) > 0;
  }

  /** Whether the session was in a state that is gone when this was answered. */
  boolean contains(KeyHash key, Outcome.Success success) {
    return success.epoch().filter(at -> contains(key, at, success.version())).isPresent();
  }

  /** How many of the versions that this hint has seen are gone. */
  long missing(KeyHash key, Hint seen) {
    return missing(key, seen.epoch(), seen.version());
  }

  private long missing(KeyHash key, Epoch epoch, long version) {
    Undone found = undone.get(new Ownership(key, epoch));
    return found != null && version > found.keptVersion() && version <= found.lostVersion()
        ? version - found.keptVersion()
        : 0;
  }
}
