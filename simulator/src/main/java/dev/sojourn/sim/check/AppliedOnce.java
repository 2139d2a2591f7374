package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Asked;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RequestId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Invariant 8: a request takes effect at most once. It has one version wherever its window entry
 * lies, what it appends is there at most once, at most one answer says that it was applied just
 * now, and all its answers agree.
 */
public final class AppliedOnce implements Invariant {
  private final Map<Request, Long> versions = new LinkedHashMap<>();
  private final Map<Request, Bytes> appended = new LinkedHashMap<>();
  private final Map<Request, Outcome.Success> answers = new LinkedHashMap<>();
  private final Gone gone = new Gone();
  private final Losses losses = new Losses();

  private record Request(KeyHash key, RequestId id) {}

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Asked asked) {
      remember(asked);
    } else if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> verify(stored.key(), data));
    } else if (observation instanceof Undone undone) {
      gone.observe(undone);
      answers.entrySet().removeIf(each -> gone.contains(each.getKey().key(), each.getValue()));
    } else if (observation instanceof Answered answered
        && answered.request().writes()
        && !losses.mayHaveTurnedBack(answered.key())
        && answered.reply().outcome() instanceof Outcome.Success success
        && (success.epoch().isPresent() || success.flags().ended())
        && !gone.contains(answered.key(), success)) {
      // An answer about no session says that there was nothing to apply the request to.
      verify(new Request(answered.key(), answered.request().id()), success);
    }
  }

  private void remember(Asked asked) {
    for (Operation operation : asked.request().operations()) {
      if (operation instanceof Operation.Append append && append.suffix().length() > 1) {
        appended.put(new Request(asked.key(), asked.request().id()), append.suffix());
      }
    }
  }

  private void verify(KeyHash key, SessionData data) {
    if (!losses.mayHaveTurnedBack(key)) {
      data.window().entries().forEach(entry -> verify(key, entry));
    }
    // One that was turned back may run it anew, on a state that does not have it.
    appended.forEach(
        (request, suffix) -> {
          if (request.key().equals(key)) {
            verifyAppended(request, suffix, data);
          }
        });
  }

  private void verify(KeyHash key, WindowEntry entry) {
    Long known = versions.putIfAbsent(new Request(key, entry.id()), entry.version());
    if (known != null && known != entry.version()) {
      throw new InvariantViolated(
          this, entry.id() + " was applied as version " + known + " and " + entry.version());
    }
  }

  private void verifyAppended(Request request, Bytes suffix, SessionData data) {
    for (Field field : data.fields().values()) {
      int times = Text.countOf(field.value(), suffix);
      if (times > 1) {
        throw new InvariantViolated(
            this, "what " + request.id() + " appends is there " + times + " times");
      }
    }
  }

  private void verify(Request request, Outcome.Success success) {
    Outcome.Success before = answers.putIfAbsent(request, success);
    if (before == null) {
      return;
    }
    if (!success.flags().replayed()) {
      throw new InvariantViolated(this, request.id() + " was applied anew by two answers");
    }
    boolean redacted = before.flags().redacted() || success.flags().redacted();
    if (!agree(before.results(), success.results(), redacted)) {
      throw new InvariantViolated(this, "two answers to " + request.id() + " disagree");
    }
  }

  private static boolean agree(
      ImmutableList<OperationResult> one, ImmutableList<OperationResult> other, boolean redacted) {
    if (one.size() != other.size()) {
      return one.isEmpty() || other.isEmpty();
    }
    for (int i = 0; i < one.size(); i++) {
      boolean withheld =
          one.get(i) instanceof OperationResult.Withheld
              || other.get(i) instanceof OperationResult.Withheld;
      if (!withheld && !agree(one.get(i), other.get(i), redacted)) {
        return false;
      }
    }
    return true;
  }

  /** Where one of them was redacted, what both show must be the same. */
  private static boolean agree(OperationResult one, OperationResult other, boolean redacted) {
    if (redacted
        && one instanceof OperationResult.FieldsRead some
        && other instanceof OperationResult.FieldsRead others) {
      return some.fields().entrySet().stream()
          .allMatch(
              each ->
                  others
                      .fields()
                      .getOrDefault(each.getKey(), each.getValue())
                      .equals(each.getValue()));
    }
    return one.equals(other);
  }
}
