package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Asked;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients saw of each session: their requests, and the first answer with results to each. */
final class HistoryOfSession {
  private final Map<KeyHash, Map<RequestId, Call>> calls = new LinkedHashMap<>();
  private final Gone gone = new Gone();
  private final Losses losses = new Losses();

  /**
   * @param invokedAtMillis when it was first sent
   * @param answer empty while no answer has told that it took effect
   * @param answeredAtMillis of that answer; the end of time without one
   */
  record Call(
      SessionRequest request,
      long invokedAtMillis,
      Optional<Outcome.Success> answer,
      long answeredAtMillis) {
    /** Whether the answer tells at which version it took effect. */
    boolean isDated() {
      return answer.filter(each -> !each.flags().replayed() && !each.flags().ended()).isPresent();
    }

    boolean precedes(Call other) {
      return answeredAtMillis < other.invokedAtMillis;
    }
  }

  void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Asked asked && asked.credential() == Credential.GENUINE) {
      of(asked.key())
          .putIfAbsent(
              asked.request().id(),
              new Call(asked.request(), asked.atMillis(), Optional.empty(), Long.MAX_VALUE));
    } else if (observation instanceof Undone undone) {
      gone.observe(undone);
      of(undone.key()).replaceAll((id, call) -> withoutWhatIsGone(undone.key(), call));
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success
        && (success.epoch().isPresent() || success.flags().ended())
        && !gone.contains(answered.key(), success)) {
      of(answered.key())
          .computeIfPresent(
              answered.request().id(), (id, call) -> answered(call, success, answered));
    }
  }

  /**
   * The history that counts is the one that went on: what else was answered is as if it were not.
   */
  private Call withoutWhatIsGone(KeyHash key, Call call) {
    return call.answer().filter(success -> gone.contains(key, success)).isPresent()
        ? new Call(call.request(), call.invokedAtMillis(), Optional.empty(), Long.MAX_VALUE)
        : call;
  }

  /** A read that is repeated is a read of its own each time; the first one is kept. */
  private static Call answered(Call call, Outcome.Success success, Answered answered) {
    return call.answer().isPresent()
        ? call
        : new Call(
            call.request(), call.invokedAtMillis(), Optional.of(success), answered.atMillis());
  }

  private Map<RequestId, Call> of(KeyHash key) {
    return calls.computeIfAbsent(key, each -> new LinkedHashMap<>());
  }

  /**
   * The calls of each session, in the order in which they were made; none of a session that was
   * turned back, of which there are two histories.
   */
  List<List<Call>> sessions() {
    List<List<Call>> sessions = new ArrayList<>();
    calls.forEach(
        (key, each) -> {
          if (!losses.mayHaveTurnedBack(key)) {
            sessions.add(List.copyOf(each.values()));
          }
        });
    return sessions;
  }
}
