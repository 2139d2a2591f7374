package dev.sojourn.sim.check;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Asked;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * No dead ends: once everything is healed, a genuine hint leads to its session from every POP, or
 * to the plain word that the session has ended or that the hint is of an older generation.
 *
 * <p>What is asked between two rests is judged at the second one.
 */
public final class HintsAlwaysLead implements Invariant {
  /** Errors that speak of the request's own content, not of the way to the session. */
  private static final Set<ErrorCode> OF_THE_REQUEST =
      Set.of(
          ErrorCode.VERSION_MISMATCH,
          ErrorCode.NOT_A_NUMBER,
          ErrorCode.OVERFLOW,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.OUTCOME_UNKNOWN,
          ErrorCode.VERSIONS_MISSING,
          ErrorCode.INVALID_REQUEST);

  private final Map<RequestId, Open> open = new LinkedHashMap<>();
  private final Map<KeyHash, Long> generations = new LinkedHashMap<>();
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();
  private boolean rested;

  private record Open(KeyHash key, PopId pop, SessionRequest request, Optional<Reply> reply) {}

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      disks.replace(onDisk);
      onDisk
          .record()
          .flatMap(record -> record.state().payload())
          .map(SessionData::generation)
          .ifPresent(generation -> generations.merge(onDisk.key(), generation, Math::max));
    } else if (observation instanceof Asked asked) {
      if (rested
          && asked.credential() == Credential.GENUINE
          && asked.request().hint().isPresent()) {
        open.put(asked.request().id(), open(asked, Optional.empty()));
      }
    } else if (observation instanceof Answered answered) {
      open.computeIfPresent(
          answered.request().id(),
          (id, was) ->
              new Open(was.key(), was.pop(), was.request(), Optional.of(answered.reply())));
    }
  }

  private static Open open(Asked asked, Optional<Reply> reply) {
    return new Open(asked.key(), asked.pop(), asked.request(), reply);
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> records) {
    open.values().forEach(this::verify);
    open.clear();
    rested = true;
  }

  private void verify(Open asked) {
    String from =
        "from `" + asked.pop() + "`, " + asked.request().hint().map(Object::toString).orElse("");
    if (asked.reply().isEmpty()) {
      throw new InvariantViolated(this, "a hint got no answer at all " + from);
    }
    if (asked.reply().get().outcome() instanceof Outcome.Failure failure
        && !isLawful(asked, failure.problem().code())) {
      throw new InvariantViolated(this, "a hint led to " + failure.problem().code() + " " + from);
    }
  }

  /** What is frozen is served by nobody. */
  private boolean isNowhere(KeyHash key) {
    return disks.records(key).values().stream()
        .map(SessionRecord::state)
        .allMatch(state -> state.payload().isEmpty() || state instanceof SessionState.Suspect);
  }

  /** One that asks for all is served what is left. */
  private static boolean namesFields(SessionRequest request) {
    return !request.operations().stream()
        .allMatch(each -> each instanceof Operation.Get get && get.names().isEmpty());
  }

  /** Whether a custodian has erased what it kept. */
  private boolean hasLostAPart(KeyHash key) {
    return disks.records(key).values().stream()
        .flatMap(record -> record.custody().stream())
        .anyMatch(Custody::isErased);
  }

  private boolean isLawful(Open asked, ErrorCode code) {
    return switch (code) {
      case SESSION_ENDED, SESSION_ERASED ->
          disks.hasEnded(asked.key())
              || (disks.hasLapsed(asked.key()) && isNowhere(asked.key()))
              || (hasLostAPart(asked.key()) && namesFields(asked.request()));
      case HINT_SUPERSEDED ->
          asked
              .request()
              .hint()
              .filter(hint -> hint.generation() < generations.getOrDefault(asked.key(), 0L))
              .isPresent();
      case INTERNAL -> losses.isUnreadable(asked.key());
      case SESSION_LOST -> losses.mayBeCalledLost(asked.key());
      case SESSION_ROLLED_BACK -> losses.mayHaveTurnedBack(asked.key());
      default -> OF_THE_REQUEST.contains(code);
    };
  }
}
