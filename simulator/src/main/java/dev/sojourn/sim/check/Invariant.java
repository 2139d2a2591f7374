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
 * A property that holds in every run. It is shown everything that clients and disks see, as it
 * happens, and throws {@link InvariantViolated} at the first thing that must not be.
 */
public interface Invariant {
  void observe(Observation observation);

  /**
   * A POP's process was started.
   *
   * @param atMillis the world's time
   * @param localMillis what the POP's clock shows then
   * @param recordFormat the newest that the process can hold
   */
  default void started(long atMillis, PopId pop, long localMillis, int recordFormat) {}

  /**
   * A POP's core took in an event and decided what follows from it; nothing of it is done yet.
   *
   * @param localMillis what the POP's clock shows then
   * @param policy that it obeys then
   */
  default void decided(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, Event event, Effects effects) {}

  /** A POP obeys another policy from now on, be its process up or down. */
  default void obeys(PopId pop, PolicyInForce policy) {}

  /**
   * Everything is healed, every process is up, and everything that had to be said was said.
   *
   * @param disks what is durable at each POP
   */
  default void atRest(Map<PopId, Map<KeyHash, SessionRecord>> disks) {}
}
