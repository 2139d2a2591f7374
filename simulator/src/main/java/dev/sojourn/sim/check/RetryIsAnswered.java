package dev.sojourn.sim.check;

import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RequestId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The other half of "once": a request that was applied is not refused when it is sent again, for as
 * long as the session remembers it. A rotate whose answer was lost would otherwise lock its own
 * client out.
 */
public final class RetryIsAnswered implements Invariant {
  /** What an owner says after having looked at the request, and before having looked it up. */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.HINT_SUPERSEDED,
          ErrorCode.VERSION_MISMATCH,
          ErrorCode.OUTCOME_UNKNOWN,
          ErrorCode.NOT_A_NUMBER,
          ErrorCode.OVERFLOW,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.STORAGE_FULL,
          ErrorCode.INVALID_REQUEST);

  private final Map<Request, Long> rememberedSinceMillis = new LinkedHashMap<>();
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();

  private final Durability durability;

  public RetryIsAnswered(Durability durability) {
    this.durability = durability;
  }

  private record Request(KeyHash key, RequestId id) {}

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      disks.replace(onDisk);
    }
    if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> data.window().entries().forEach(entry -> remember(stored, entry)));
    } else if (observation instanceof Answered answered
        && answered.request().hint().isPresent()
        && !losses.mayHaveTurnedBack(answered.key())
        && answered.reply().outcome() instanceof Outcome.Failure failure
        && REFUSALS.contains(failure.problem().code())
        && !mayHaveForgotten(failure.problem().code())) {
      verify(answered, failure.problem().code());
    }
  }

  /** In an async namespace an owner may have let go of what the disk still has. */
  private boolean mayHaveForgotten(ErrorCode code) {
    return durability == Durability.ASYNC
        && (code == ErrorCode.OUTCOME_UNKNOWN || code == ErrorCode.HINT_SUPERSEDED);
  }

  private void remember(Stored stored, WindowEntry entry) {
    rememberedSinceMillis.putIfAbsent(new Request(stored.key(), entry.id()), stored.atMillis());
  }

  private void verify(Answered answered, ErrorCode code) {
    RequestId id = answered.request().id();
    Long since = rememberedSinceMillis.get(new Request(answered.key(), id));
    boolean wasRemembered = since != null && since < answered.askedAtMillis();
    Optional<SessionData> newest =
        disks.payloads(answered.key()).stream().max(Comparator.comparingLong(SessionData::version));
    // What an owner remembers after a request it remembered during that request.
    if (wasRemembered && newest.flatMap(data -> data.window().find(id)).isPresent()) {
      throw new InvariantViolated(
          this, "`" + answered.pop() + "` answered " + code + " to " + id + ", which was applied");
    }
  }
}
