package dev.sojourn.sim.check;

import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Invariant 7: no answer is older than the hint that it was asked with, nor, since a session has
 * one owner, than what anybody had been told before it was asked. And one version is one content:
 * two readers of it see the same.
 */
public final class ReadsNeverGoBack implements Invariant {
  private final Map<KeyHash, TreeMap<Long, Long>> toldByTime = new LinkedHashMap<>();
  private final Map<Edition, Map<String, Field>> contents = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  private record Edition(KeyHash key, long version) {}

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored && !losses.mayHaveTurnedBack(stored.key())) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> learn(stored.key(), data));
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success
        && success.epoch().isPresent()) {
      verify(answered, success);
    }
  }

  private void learn(KeyHash key, SessionData data) {
    Map<String, Field> known =
        contents.putIfAbsent(new Edition(key, data.version()), data.fields());
    if (known != null && !known.equals(data.fields())) {
      throw new InvariantViolated(this, "version " + data.version() + " has two contents");
    }
  }

  private void verify(Answered answered, Outcome.Success success) {
    Optional<Hint> hint = answered.request().hint();
    boolean older =
        hint.filter(
                sent ->
                    sent.version() > success.version()
                        || success.epoch().filter(sent.epoch()::isAfter).isPresent())
            .isPresent();
    if (older && !success.flags().replayed() && !success.flags().ended()) {
      throw new InvariantViolated(
          this, "asked with " + hint + ", answered from " + success.epoch() + " " + success);
    }
    boolean turnedBack = losses.mayHaveTurnedBack(answered.key());
    if (!success.flags().replayed() && !success.flags().ended() && !turnedBack) {
      verifyAgainstWhatWasTold(answered, success);
      verifyContent(answered, success);
    }
  }

  private void verifyAgainstWhatWasTold(Answered answered, Outcome.Success success) {
    TreeMap<Long, Long> told = toldByTime.computeIfAbsent(answered.key(), key -> new TreeMap<>());
    Map.Entry<Long, Long> before = told.lowerEntry(answered.askedAtMillis());
    if (before != null && before.getValue() > success.version()) {
      throw new InvariantViolated(
          this,
          "`"
              + answered.pop()
              + "` showed version "
              + success.version()
              + " to somebody who asked after version "
              + before.getValue()
              + " had been shown");
    }
    long newest = told.isEmpty() ? 0 : told.lastEntry().getValue();
    told.put(answered.atMillis(), Math.max(newest, success.version()));
  }

  /** What a request that only reads was shown must be what that version holds. */
  private void verifyContent(Answered answered, Outcome.Success success) {
    Map<String, Field> content = contents.get(new Edition(answered.key(), success.version()));
    if (answered.request().writes() || content == null) {
      return;
    }
    for (int i = 0; i < success.results().size(); i++) {
      if (answered.request().operations().get(i) instanceof Operation.Get get
          && success.results().get(i) instanceof OperationResult.FieldsRead read
          && !read.fields().equals(wanted(content, get))) {
        throw new InvariantViolated(
            this, "a read of version " + success.version() + " showed something else");
      }
    }
  }

  private static Map<String, Field> wanted(Map<String, Field> content, Operation.Get get) {
    Map<String, Field> wanted = new TreeMap<>(content);
    if (!get.names().isEmpty()) {
      wanted.keySet().retainAll(get.names());
    }
    return wanted;
  }
}
