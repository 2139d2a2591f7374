package dev.sojourn.sim.check;

import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Asked;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RequestId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Invariant 9: what is asked with a forged, expired or older-generation hint is refused and leaves
 * no mark. A request that was sent before with a good hint may hear its own result again, and no
 * hint with it; a rotate alone may hear the hint that it made.
 */
public final class ForgedMovesNothing implements Invariant {
  private final Map<KeyHash, TreeMap<Long, Long>> generationByTime = new LinkedHashMap<>();
  private final Set<RequestId> good = new LinkedHashSet<>();
  private final Set<RequestId> bad = new LinkedHashSet<>();
  private final Set<RequestId> superseded = new LinkedHashSet<>();
  private final Losses losses = new Losses();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Asked asked) {
      judge(asked);
    } else if (observation instanceof Answered answered) {
      verify(answered);
    } else if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> data.window().entries().forEach(each -> verify(stored.key(), each)));
    }
  }

  private void judge(Asked asked) {
    RequestId id = asked.request().id();
    boolean old = isOld(asked.key(), asked.request().hint(), asked.atMillis());
    if (asked.credential() == Credential.GENUINE && !old) {
      good.add(id);
      bad.remove(id);
      superseded.remove(id);
    } else if (!good.contains(id)) {
      (asked.credential() == Credential.GENUINE ? superseded : bad).add(id);
    }
  }

  private boolean isWorthless(KeyHash key, RequestId id) {
    return bad.contains(id) || (superseded.contains(id) && !losses.mayHaveTurnedBack(key));
  }

  /**
   * Whether a newer generation had been shown to a client before that instant. A session that was
   * turned back may know of no rotate any more.
   */
  private boolean isOld(KeyHash key, Optional<Hint> hint, long atMillis) {
    if (losses.mayHaveTurnedBack(key)) {
      return false;
    }
    TreeMap<Long, Long> known = generationByTime.get(key);
    Map.Entry<Long, Long> newest = known == null ? null : known.lowerEntry(atMillis);
    return newest != null && hint.filter(h -> h.generation() < newest.getValue()).isPresent();
  }

  private void verify(KeyHash key, WindowEntry entry) {
    if (isWorthless(key, entry.id())) {
      throw new InvariantViolated(this, entry.id() + " was applied for a worthless hint");
    }
  }

  private void verify(Answered answered) {
    if (!(answered.reply().outcome() instanceof Outcome.Success success)) {
      return;
    }
    boolean worthless = isWorthless(answered.key(), answered.request().id());
    if (worthless && success.epoch().isPresent()) {
      throw new InvariantViolated(this, "a worthless hint was answered with a session");
    }
    boolean rotates =
        answered.request().operations().stream().anyMatch(op -> op instanceof Operation.Rotate);
    boolean old = isOld(answered.key(), answered.request().hint(), answered.askedAtMillis());
    // A granter that has not heard of the rotate hands out one that is as worthless as the one
    // sent.
    boolean newer =
        success.hint().map(Hint::generation).orElse(0L)
            > answered.request().hint().map(Hint::generation).orElse(0L);
    if (old && newer && !rotates) {
      throw new InvariantViolated(
          this, "a hint of an older generation was exchanged for a new one");
    }
    success.hint().ifPresent(hint -> learn(answered, hint));
  }

  private void learn(Answered answered, Hint hint) {
    TreeMap<Long, Long> known =
        generationByTime.computeIfAbsent(answered.key(), key -> new TreeMap<>());
    long newest = known.isEmpty() ? 0 : known.lastEntry().getValue();
    known.put(answered.atMillis(), Math.max(newest, hint.generation()));
  }
}
