package dev.sojourn.sim.check;

import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.KeyHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Invariant 4: until a session ends, its payload is durable somewhere, and it is at least as new as
 * any that ever was durable; in a {@code strict} namespace, as anything that a client was shown.
 */
public final class PayloadExistsDurably implements Invariant {
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();
  private final Map<KeyHash, Long> needed = new LinkedHashMap<>();
  private final Durability durability;

  public PayloadExistsDurably(Durability durability) {
    this.durability = durability;
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      boolean replaced = disks.replace(onDisk).isPresent();
      onDisk
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> needed.merge(onDisk.key(), data.version(), Math::max));
      if (replaced) {
        verify(onDisk.key());
      }
    } else if (durability == Durability.STRICT && observation instanceof Answered answered) {
      versionShownBy(answered.reply().outcome())
          .ifPresent(
              version -> {
                needed.merge(answered.key(), version, Math::max);
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
    if (disks.hasEnded(key) || disks.hasLapsed(key) || losses.mayBeGone(key)) {
      return;
    }
    long newest = 0;
    for (SessionData payload : disks.payloads(key)) {
      newest = Math.max(newest, payload.version());
    }
    long least = Math.max(1, needed.getOrDefault(key, 0L));
    if (newest < least) {
      throw new InvariantViolated(
          this,
          newest == 0
              ? "no disk has the payload of a live session"
              : "version " + least + " was shown or durable and no disk is beyond " + newest);
    }
  }
}
