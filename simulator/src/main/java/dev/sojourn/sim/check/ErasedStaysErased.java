package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
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
 * Invariant 6: once a session has ended, nobody owns it again, nobody who asks later is shown it,
 * and in the end no payload is left.
 */
public final class ErasedStaysErased implements Invariant {
  private final Map<KeyHash, Long> endedAtMillis = new LinkedHashMap<>();
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      boolean had = endedAtMillis.containsKey(onDisk.key());
      Optional<SessionRecord> before = disks.replace(onDisk);
      if (had && onDisk instanceof Stored stored && !losses.mayHaveTurnedBack(stored.key())) {
        stored.record().ifPresent(record -> verifyStored(stored, before, record.state()));
      }
      if (disks.hasEnded(onDisk.key())) {
        endedAtMillis.putIfAbsent(onDisk.key(), onDisk.atMillis());
      }
    } else if (observation instanceof Answered answered
        && !losses.mayHaveTurnedBack(answered.key())) {
      verifyAnswer(answered);
    }
  }

  private void verifyStored(Stored stored, Optional<SessionRecord> before, SessionState state) {
    Optional<Long> version = state.payload().map(SessionData::version);
    Optional<Long> versionBefore =
        before.flatMap(record -> record.state().payload()).map(SessionData::version);
    boolean sameEpoch = before.flatMap(r -> r.state().epochIfAny()).equals(state.epochIfAny());
    if (version.isPresent() && !(sameEpoch && version.equals(versionBefore))) {
      throw new InvariantViolated(
          this, "`" + stored.pop() + "` took in the payload of a session that has ended");
    }
  }

  private void verifyAnswer(Answered answered) {
    Long ended = endedAtMillis.get(answered.key());
    if (!(answered.reply().outcome() instanceof Outcome.Success success)) {
      return;
    }
    boolean shows =
        success.epoch().isPresent() && !success.flags().ended() && !success.flags().replayed();
    if (ended != null && shows && answered.askedAtMillis() > ended) {
      throw new InvariantViolated(
          this, "`" + answered.pop() + "` answered for a session that had ended before");
    }
    if (success.flags().ended()) {
      endedAtMillis.putIfAbsent(answered.key(), answered.atMillis());
    }
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> records) {
    records.forEach(
        (pop, held) ->
            held.forEach(
                (key, record) -> {
                  boolean ended = endedAtMillis.containsKey(key) && !losses.mayBeKeptTwice(key);
                  if (ended && record.state().payload().isPresent()) {
                    throw new InvariantViolated(
                        this, "`" + pop + "` still has the payload of a session that has ended");
                  }
                }));
  }
}
