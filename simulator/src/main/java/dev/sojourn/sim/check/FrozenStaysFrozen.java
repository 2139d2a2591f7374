package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a POP has frozen, because somebody had seen more of it than its disk has, it neither serves
 * nor overwrites any more.
 */
public final class FrozenStaysFrozen implements Invariant {
  private final Map<Place, Long> frozenAtMillis = new LinkedHashMap<>();

  private record Place(PopId pop, KeyHash key) {}

  @Override
  public void observe(Observation observation) {
    if (observation instanceof OnDisk onDisk) {
      Place place = new Place(onDisk.pop(), onDisk.key());
      boolean frozen =
          onDisk
              .record()
              .filter(record -> record.state() instanceof SessionState.Suspect)
              .isPresent();
      if (frozen) {
        frozenAtMillis.putIfAbsent(place, onDisk.atMillis());
      } else if (frozenAtMillis.remove(place) != null && onDisk instanceof Stored) {
        throw new InvariantViolated(
            this, "`" + onDisk.pop() + "` overwrote a session that it had frozen");
      }
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success
        && success.epoch().isPresent()
        && !success.flags().replayed()) {
      // A granter may replay what it ran before, and names whom it granted to.
      Optional<Long> frozen =
          answered
              .reply()
              .owner()
              .map(owner -> frozenAtMillis.get(new Place(owner, answered.key())));
      if (frozen.filter(at -> at < answered.askedAtMillis()).isPresent()) {
        throw new InvariantViolated(
            this, "`" + answered.reply().owner().get() + "` served a session that it had frozen");
      }
    }
  }
}
