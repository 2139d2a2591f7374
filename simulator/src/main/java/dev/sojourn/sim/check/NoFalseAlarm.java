package dev.sojourn.sim.check;

import dev.sojourn.sim.check.Observation.Alarmed;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import java.util.HashSet;
import java.util.Set;

/**
 * No operator is told of anything that must not be, unless a disk was lost or put back, and then
 * only of the sessions that this one disk held; or that a session is lost which nobody ever had, as
 * when a hint is sealed with a key that leaked.
 */
public final class NoFalseAlarm implements Invariant {
  private final Losses losses = new Losses();
  private final Set<KeyHash> held = new HashSet<>();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored) {
      held.add(stored.key());
    }
    if (observation instanceof Alarmed alarmed && !isExplained(alarmed)) {
      throw new InvariantViolated(
          this, "`" + alarmed.pop() + "` raised " + alarmed.kind() + " for no reason");
    }
  }

  private boolean isExplained(Alarmed alarmed) {
    return switch (alarmed.kind()) {
      case SESSION_LOST ->
          losses.mayHaveBeenCalledLost(alarmed.key()) || !held.contains(alarmed.key());
      case ROLLBACK_PROVEN, CONFIRM_DIGEST_DIFFERS -> losses.mayHaveTurnedBack(alarmed.key());
      case GRANT_DIGEST_DIFFERS -> false;
    };
  }
}
