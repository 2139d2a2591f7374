package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.KeyHash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Invariant 4: until a session ends, its payload is durable somewhere, and it is at least as new as
 * anything that a client was ever shown.
 */
public final class PayloadExistsDurably implements Invariant {
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();
  private final Map<KeyHash, Long> shown = new LinkedHashMap<>();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      if (disks.replace(onDisk).isPresent()) {
        verify(onDisk.key());
      }
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success
        && success.epoch().isPresent()) {
      shown.merge(answered.key(), success.version(), Math::max);
      verify(answered.key());
    }
  }

  private void verify(KeyHash key) {
    if (disks.hasEnded(key) || disks.hasLapsed(key) || losses.mayBeGone(key)) {
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
