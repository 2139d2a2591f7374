package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Invariant 4: until a session ends, its payload is durable somewhere, and it is at least as new as
 * anything that a client was ever shown.
 */
public final class PayloadExistsDurably implements Invariant {
  private final DiskView disks = new DiskView();
  private final Map<KeyHash, Long> shown = new LinkedHashMap<>();

  @Override
  public void observe(Observation observation) {
    if (observation instanceof Stored stored) {
      if (disks.replace(stored).isPresent()) {
        verify(stored.key());
      }
    } else if (observation instanceof Answered answered) {
      versionShownBy(answered.reply().outcome())
          .ifPresent(
              version -> {
                shown.merge(answered.key(), version, Math::max);
                verify(answered.key());
              });
    }
  }

  /** Refusals show one too: in what they say of the present version, and in a fresh hint. */
  private static OptionalLong versionShownBy(Outcome outcome) {
    if (outcome instanceof Outcome.Success success) {
      return success.epoch().isPresent()
          ? OptionalLong.of(success.version())
          : OptionalLong.empty();
    }
    Problem problem = ((Outcome.Failure) outcome).problem();
    long version =
        problem.hint().map(Hint::version).orElseGet(() -> problem.currentVersion().orElse(0));
    // Without a session the version is 0.
    return version > 0 ? OptionalLong.of(version) : OptionalLong.empty();
  }

  private void verify(KeyHash key) {
    if (disks.hasEnded(key) || disks.hasLapsed(key)) {
      return;
    }
    long newest = 0;
    for (SessionData payload : disks.payloads(key)) {
      newest = Math.max(newest, payload.version());
    }
    long needed = Math.max(1, shown.getOrDefault(key, 0L));
    if (newest < needed) {
      throw new InvariantViolated(
          this,
          newest == 0
              ? "no disk has the payload of a live session"
              : "a client was shown version " + needed + " and no disk is beyond " + newest);
    }
  }
}
