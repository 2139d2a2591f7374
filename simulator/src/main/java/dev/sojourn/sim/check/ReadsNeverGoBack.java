package dev.sojourn.sim.check;

import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.Epoch;
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
  private final Map<KeyHash, TreeMap<Long, Told>> toldByTime = new LinkedHashMap<>();
  private final Gone gone = new Gone();
  private final Map<Edition, Map<String, Field>> contents = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  private record Edition(KeyHash key, long version) {}

  private record Told(Epoch epoch, long version) {
    /** The newer one: of the later owner, and of one owner the later version. */
    Told or(Told other) {
      boolean isNewer =
          other.epoch.isAfter(epoch) || (other.epoch.equals(epoch) && other.version > version);
      return isNewer ? other : this;
    }
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored && !losses.mayHaveTurnedBack(stored.key())) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> learn(stored.key(), data));
    } else if (observation instanceof Undone undone) {
      gone.observe(undone);
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
                    (sent.version() > success.version() && success.flags().versionsMissing() == 0)
                        || success.epoch().filter(sent.epoch()::isAfter).isPresent())
            .isPresent();
    if (older && !success.flags().replayed() && !success.flags().ended()) {
      throw new InvariantViolated(
          this, "asked with " + hint + ", answered from " + success.epoch() + " " + success);
    }
    boolean isPast =
        gone.contains(answered.key(), success) || losses.mayHaveTurnedBack(answered.key());
    if (!success.flags().replayed() && !success.flags().ended() && !isPast) {
      verifyAgainstWhatWasTold(answered, success);
      verifyContent(answered, success);
    }
  }

  private void verifyAgainstWhatWasTold(Answered answered, Outcome.Success success) {
    TreeMap<Long, Told> told = toldByTime.computeIfAbsent(answered.key(), key -> new TreeMap<>());
    Map.Entry<Long, Told> before = told.lowerEntry(answered.askedAtMillis());
    if (before != null
        && before.getValue().version() > success.version()
        && !gone.contains(answered.key(), before.getValue().epoch(), before.getValue().version())) {
      throw new InvariantViolated(
          this,
          "`"
              + answered.pop()
              + "` showed version "
              + success.version()
              + " to somebody who asked after version "
              + before.getValue().version()
              + " had been shown");
    }
    Told now = new Told(success.epoch().orElseThrow(), success.version());
    told.put(answered.atMillis(), told.isEmpty() ? now : told.lastEntry().getValue().or(now));
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
          && !shows(read.fields(), wanted(content, get), success.flags().redacted())) {
        throw new InvariantViolated(
            this, "a read of version " + success.version() + " showed something else");
      }
    }
  }

  /** What may not be seen where the client is may be left out, if that is said. */
  private static boolean shows(
      Map<String, Field> shown, Map<String, Field> wanted, boolean redacted) {
    return redacted ? wanted.entrySet().containsAll(shown.entrySet()) : shown.equals(wanted);
  }

  private static Map<String, Field> wanted(Map<String, Field> content, Operation.Get get) {
    Map<String, Field> wanted = new TreeMap<>(content);
    if (!get.names().isEmpty()) {
      wanted.keySet().retainAll(get.names());
    }
    return wanted;
  }
}
