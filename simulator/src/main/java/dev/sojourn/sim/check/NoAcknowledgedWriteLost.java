package dev.sojourn.sim.check;

import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Asked;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Invariant 3: what a client was told is written is in every payload of that version or a newer
 * one; in an {@code async} namespace, unless a crash came before its sync.
 *
 * <p>For each field the newest acknowledged write decides what must be there. A request that nobody
 * has an answer to may have overwritten it; so its value is allowed too, and an unanswered
 * increment or append allows anything that still holds the acknowledged part.
 */
public final class NoAcknowledgedWriteLost implements Invariant {
  private final Map<KeyHash, Map<RequestId, Written>> writes = new LinkedHashMap<>();
  private final DiskView disks = new DiskView();
  private final Gone gone = new Gone();
  private final Losses losses = new Losses();

  /**
   * A request that writes.
   *
   * @param version that it left, once an answer or a window on some disk has told
   * @param success what the client heard, if it did
   */
  private record Written(
      SessionRequest request, OptionalLong version, Optional<Outcome.Success> success) {
    boolean isAcknowledgedBy(long atVersion) {
      return success.isPresent() && version.isPresent() && version.getAsLong() <= atVersion;
    }
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Asked asked && asked.request().writes()) {
      of(asked.key())
          .putIfAbsent(
              asked.request().id(),
              new Written(asked.request(), OptionalLong.empty(), Optional.empty()));
    } else if (observation instanceof Undone undone) {
      gone.observe(undone);
      forget(undone.key());
    } else if (observation instanceof Answered answered && answered.request().writes()) {
      acknowledge(answered);
    } else if (observation instanceof OnDisk onDisk) {
      disks.replace(onDisk);
      onDisk
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(
              data -> {
                data.window().entries().forEach(entry -> learn(onDisk.key(), entry));
                verify(onDisk.key(), data);
              });
    }
  }

  private Map<RequestId, Written> of(KeyHash key) {
    return writes.computeIfAbsent(key, each -> new LinkedHashMap<>());
  }

  private void learn(KeyHash key, WindowEntry entry) {
    of(key)
        .computeIfPresent(
            entry.id(),
            (id, was) ->
                new Written(was.request(), OptionalLong.of(entry.version()), was.success()));
  }

  private void acknowledge(Answered answered) {
    if (!(answered.reply().outcome() instanceof Outcome.Success success)
        || success.flags().ended()
        || gone.contains(answered.key(), success)) {
      return;
    }
    Written before =
        of(answered.key())
            .getOrDefault(
                answered.request().id(),
                new Written(answered.request(), OptionalLong.empty(), Optional.empty()));
    // A replay may show a newer version than the one that the request left.
    OptionalLong version =
        before.version().isPresent() || success.flags().replayed()
            ? before.version()
            : OptionalLong.of(success.version());
    of(answered.key())
        .put(
            answered.request().id(),
            new Written(
                answered.request(), version, before.success().or(() -> Optional.of(success))));
    disks.payloads(answered.key()).forEach(data -> verify(answered.key(), data));
  }

  /** What a crash has undone, as a namespace may allow, is as if it had not been acknowledged. */
  private void forget(KeyHash key) {
    of(key)
        .replaceAll(
            (id, was) ->
                was.success().filter(success -> gone.contains(key, success)).isPresent()
                    ? new Written(was.request(), OptionalLong.empty(), Optional.empty())
                    : was);
  }

  private void verify(KeyHash key, SessionData data) {
    if (losses.mayHaveTurnedBack(key)) {
      return;
    }
    Map<String, Written> newest = new LinkedHashMap<>();
    for (Written written : of(key).values()) {
      if (written.isAcknowledgedBy(data.version())) {
        for (Operation operation : written.request().operations()) {
          nameOf(operation)
              .ifPresent(name -> newest.merge(name, written, NoAcknowledgedWriteLost::newer));
        }
      }
    }
    newest.forEach((name, written) -> verify(key, data, name, written));
  }

  private static Written newer(Written one, Written other) {
    return one.version().orElse(0) > other.version().orElse(0) ? one : other;
  }

  private void verify(KeyHash key, SessionData data, String name, Written written) {
    Optional<Bytes> found = Optional.ofNullable(data.fields().get(name)).map(Field::value);
    boolean intact = isIntact(written, name, found);
    if (!intact && !mayBeOverwritten(key, name, data.version(), found)) {
      throw new InvariantViolated(
          this,
          "the acknowledged write of `"
              + name
              + "` at version "
              + written.version().orElse(0)
              + " is not in the payload of version "
              + data.version());
    }
  }

  /** Whether the field is as the last operation of this request on it left it. */
  private static boolean isIntact(Written written, String name, Optional<Bytes> found) {
    boolean intact = true;
    for (int i = 0; i < written.request().operations().size(); i++) {
      Operation operation = written.request().operations().get(i);
      if (nameOf(operation).filter(name::equals).isEmpty()) {
        continue;
      }
      if (operation instanceof Operation.Put put) {
        intact = found.equals(Optional.of(put.field().value()));
      } else if (operation instanceof Operation.Remove) {
        intact = found.isEmpty();
      } else if (operation instanceof Operation.Append append) {
        intact = found.filter(value -> contains(value, append.suffix())).isPresent();
      } else if (resultOf(written, i) instanceof OperationResult.Number number) {
        intact = found.equals(Optional.of(text(number.value())));
      }
    }
    return intact;
  }

  private static OperationResult resultOf(Written written, int index) {
    return written
        .success()
        .filter(success -> index < success.results().size())
        .map(success -> success.results().get(index))
        .orElse(new OperationResult.Withheld());
  }

  /** Whether a write whose answer nobody has, or is yet to come, explains the value. */
  private boolean mayBeOverwritten(KeyHash key, String name, long version, Optional<Bytes> found) {
    for (Written other : of(key).values()) {
      if (other.isAcknowledgedBy(version)) {
        continue;
      }
      for (Operation operation : other.request().operations()) {
        boolean concerns = nameOf(operation).filter(name::equals).isPresent();
        if (concerns && explains(operation, found)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean explains(Operation operation, Optional<Bytes> found) {
    if (operation instanceof Operation.Put put) {
      return found.equals(Optional.of(put.field().value()));
    } else if (operation instanceof Operation.Append append) {
      return found.filter(value -> contains(value, append.suffix())).isPresent();
    } else if (operation instanceof Operation.Remove) {
      return found.isEmpty();
    }
    return found.isPresent();
  }

  private static Optional<String> nameOf(Operation operation) {
    if (operation instanceof Operation.Put put) {
      return Optional.of(put.name());
    } else if (operation instanceof Operation.Remove remove) {
      return Optional.of(remove.name());
    } else if (operation instanceof Operation.Increment increment) {
      return Optional.of(increment.name());
    } else if (operation instanceof Operation.Append append) {
      return Optional.of(append.name());
    }
    return Optional.empty();
  }

  private static Bytes text(long value) {
    return Bytes.wrap(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean contains(Bytes value, Bytes part) {
    return Text.countOf(value, part) > 0;
  }
}
