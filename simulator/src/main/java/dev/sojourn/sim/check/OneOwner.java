package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Invariant 1: for one session and one epoch at most one POP ever accepts writes, and none accepts
 * any once a higher epoch exists.
 *
 * <p>An epoch is given to a POP by the first disk that says so: an owner says it of itself, and so
 * does who ends a session; a granter of its grantee, a decliner of its granter. A write is accepted
 * when a payload with a higher version becomes durable.
 */
public final class OneOwner implements Invariant {
  private final Map<Claim, PopId> holders = new LinkedHashMap<>();
  private final Map<KeyHash, Long> highest = new LinkedHashMap<>();
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();

  private record Claim(KeyHash key, Epoch epoch) {}

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      Optional<SessionRecord> before = disks.replace(onDisk);
      if (onDisk instanceof Stored stored && !losses.mayHaveTurnedBack(stored.key())) {
        stored.record().ifPresent(record -> verify(stored, before, record.state()));
      }
    }
  }

  private void verify(Stored stored, Optional<SessionRecord> before, SessionState state) {
    if (state instanceof SessionState.Owned owned) {
      claim(stored.key(), owned.epoch(), stored.pop());
      verifyFence(stored, before, owned.data(), owned.epoch().number());
    } else if (state instanceof SessionState.Granted granted) {
      claim(stored.key(), granted.epoch(), granted.grantee());
      verifyFence(stored, before, granted.data(), granted.epoch().number() - 1);
    } else if (state instanceof SessionState.Declined declined) {
      claim(stored.key(), declined.epoch(), declined.granter());
    } else if (state instanceof SessionState.Tombstone tombstone) {
      claim(stored.key(), tombstone.epoch(), stored.pop());
    }
    state.epochIfAny().ifPresent(epoch -> highest.merge(stored.key(), epoch.number(), Math::max));
  }

  private void claim(KeyHash key, Epoch epoch, PopId pop) {
    PopId holder = holders.putIfAbsent(new Claim(key, epoch), pop);
    if (holder != null && !holder.equals(pop)) {
      throw new InvariantViolated(
          this, "epoch " + epoch + " belongs to `" + holder + "` and to `" + pop + "`");
    }
  }

  private void verifyFence(
      Stored stored, Optional<SessionRecord> before, SessionData data, long asOwnerOf) {
    long had =
        before.flatMap(record -> record.state().payload()).map(SessionData::version).orElse(0L);
    long fence = highest.getOrDefault(stored.key(), 0L);
    if (data.version() > had && fence > asOwnerOf) {
      throw new InvariantViolated(
          this,
          "`"
              + stored.pop()
              + "` accepted version "
              + data.version()
              + " as the owner of epoch "
              + asOwnerOf
              + " when epoch "
              + fence
              + " existed");
    }
  }
}
