package dev.sojourn.sim.check;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;

/**
 * An invariant that speaks of what a session is, wherever its fields lie: what an owner has on disk
 * counts for it together with what that points to.
 *
 * @param parts which has been shown the same things before
 */
public record SeenWhole(PartsAreKept parts, Invariant invariant) implements Invariant {
  @Override
  public void observe(Observation observation) {
    invariant.observe(parts.whole(observation));
  }

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    invariant.started(atMillis, pop, localMillis, recordFormat);
  }

  @Override
  public void decided(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, Event event, Effects effects) {
    invariant.decided(pop, localMillis, policy, event, effects);
  }

  @Override
  public void obeys(PopId pop, PolicyInForce policy) {
    invariant.obeys(pop, policy);
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> disks) {
    invariant.atRest(disks);
  }
}
