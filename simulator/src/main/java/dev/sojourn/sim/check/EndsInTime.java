package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing is done to a session that has reached its absolute end, by the clock of its owner. Looked
 * at where it has never moved, since a lifetime travels with some slack.
 */
public final class EndsInTime implements Invariant {
  private static final long SLACK_MILLIS = 200;

  /** More than any clock here gains or loses since its process was started. */
  private static final double DRIFT = 0.000_5;

  private final LocalClocks clocks = new LocalClocks();
  private final Map<KeyHash, Set<PopId>> holders = new LinkedHashMap<>();
  private final Map<KeyHash, Long> localEnds = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    clocks.started(atMillis, pop, localMillis);
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> learn(stored, data));
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success
        && success.epoch().isPresent()
        && !success.flags().replayed()) {
      verify(answered);
    }
  }

  private void learn(Stored stored, SessionData data) {
    holders.computeIfAbsent(stored.key(), key -> new LinkedHashSet<>()).add(stored.pop());
    localEnds.put(stored.key(), data.lifetime().absoluteEndsAtMillis());
  }

  private void verify(Answered answered) {
    Set<PopId> held = holders.getOrDefault(answered.key(), Set.of());
    Long end = localEnds.get(answered.key());
    PopId owner = answered.reply().owner().orElse(answered.pop());
    Optional<LocalClocks.Start> start = clocks.lastStartOf(owner);
    if (end == null
        || start.isEmpty()
        || !held.equals(Set.of(owner))
        || losses.mayHaveTurnedBack(answered.key())) {
      return;
    }
    long askedAt = answered.askedAtMillis();
    long startedAt = start.get().atMillis();
    long late = askedAt + start.get().aheadMillis() - end;
    long slack = SLACK_MILLIS + Math.round(DRIFT * (answered.atMillis() - startedAt));
    if (askedAt >= startedAt && late > slack) {
      throw new InvariantViolated(
          this,
          "`"
              + owner
              + "` did what was asked of it "
              + late
              + " ms after the session's absolute end");
    }
  }
}
