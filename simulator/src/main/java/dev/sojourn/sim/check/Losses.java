package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.sim.check.Observation.Replaced;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the disks that were replaced alone held: for those sessions some promises are off, and for
 * no others. An invariant asks here before it objects.
 *
 * <p>Nothing is excused of a session that rested elsewhere: all that a lost disk knew of it can be
 * found again.
 */
final class Losses {
  private final DiskView disks = new DiskView();
  private final List<Lost> lost = new ArrayList<>();
  private final Set<KeyHash> turnedBack = new LinkedHashSet<>();
  private final Set<KeyHash> gone = new LinkedHashSet<>();
  private final Set<KeyHash> unconfirmed = new LinkedHashSet<>();
  private final Set<KeyHash> misled = new LinkedHashSet<>();
  private final Set<KeyHash> cold = new LinkedHashSet<>();

  /** What a store held when it was lost. */
  private record Lost(PopId pop, KeyHash key, int store, SessionRecord record) {}

  void observe(Observation observation) {
    if (observation instanceof OnDisk onDisk) {
      Optional<SessionRecord> before = disks.replace(onDisk);
      if (observation instanceof Replaced replaced) {
        SessionRecord had = before.orElse(SessionRecord.NONE);
        if (replaced.anew()) {
          lose(replaced, had);
        } else {
          putBack(replaced, had);
        }
      }
    }
  }

  /**
   * Whether somebody may go on with an older state of it, and nobody can tell before a client has
   * shown a hint of a newer one: a disk went back to before its last change there; or a disk is
   * lost which alone knew that a grant, which its granter still keeps, had been received.
   */
  boolean mayHaveTurnedBack(KeyHash key) {
    return turnedBack.contains(key);
  }

  /** Whether its only durable payload, or the only durable word of its end, is lost. */
  boolean mayBeGone(KeyHash key) {
    return turnedBack.contains(key) || gone.contains(key);
  }

  /**
   * Whether a granter may keep its payload until that runs out, since the disk is lost that owed
   * the confirm.
   */
  boolean mayBeKeptTwice(KeyHash key) {
    return turnedBack.contains(key) || unconfirmed.contains(key);
  }

  /**
   * Whether a way to it may lead nowhere for good, since a directory does not know what it knew.
   */
  boolean mayBeCalledLost(KeyHash key) {
    return mayBeGone(key) || misled.contains(key);
  }

  /** Whether a way to it may have led nowhere until its birth POP was told of it again. */
  boolean mayHaveBeenCalledLost(KeyHash key) {
    return mayBeCalledLost(key) || cold.contains(key);
  }

  private void putBack(Replaced replaced, SessionRecord had) {
    SessionRecord has = replaced.record().orElse(SessionRecord.NONE);
    compare(replaced, had, has);
    for (Lost each : lost) {
      boolean isSince = each.store() >= replaced.store() && each.pop().equals(replaced.pop());
      if (isSince && each.key().equals(replaced.key())) {
        compare(replaced, each.record(), has);
      }
    }
  }

  private void compare(Replaced replaced, SessionRecord had, SessionRecord has) {
    boolean mayBeMadeAgain = has.isVoid() && !had.isVoid();
    if (mayBeMadeAgain || !had.state().equals(has.state())) {
      turnedBack.add(replaced.key());
    } else if (!had.directory().equals(has.directory())) {
      misled.add(replaced.key());
    }
  }

  private void lose(Replaced replaced, SessionRecord had) {
    lost.add(new Lost(replaced.pop(), replaced.key(), replaced.store() - 1, had));
    Optional<Epoch> epoch = had.state().epochIfAny();
    List<SessionRecord> kept =
        disks.records(replaced.key()).values().stream()
            .filter(record -> epoch.filter(e -> isKept(record, replaced.pop(), e)).isPresent())
            .toList();
    if (!kept.isEmpty()) {
      unconfirmed.add(replaced.key());
    }
    if (!kept.stream().allMatch(Losses::knowsBetter)) {
      turnedBack.add(replaced.key());
    } else if (had.state() instanceof SessionState.Tombstone
        || (had.state().payload().isPresent() && !isElsewhere(replaced.key(), epoch))) {
      gone.add(replaced.key());
    } else if (!had.isVoid()) {
      cold.add(replaced.key());
    }
  }

  /** Whether a granter keeps a grant to {@code grantee} that it had received and went on from. */
  private static boolean isKept(SessionRecord record, PopId grantee, Epoch received) {
    return record.state() instanceof SessionState.Granted granted
        && granted.grantee().equals(grantee)
        && !granted.epoch().isAfter(received);
  }

  /** A granter that is the birth POP, and was told of a later place, does not repeat its grant. */
  private static boolean knowsBetter(SessionRecord granter) {
    Optional<Epoch> granted = granter.state().epochIfAny();
    return granter
        .directory()
        .filter(entry -> entry.ended() || granted.filter(entry.epoch()::isAfter).isPresent())
        .isPresent();
  }

  private boolean isElsewhere(KeyHash key, Optional<Epoch> atLeast) {
    Map<PopId, SessionRecord> records = disks.records(key);
    return records.values().stream()
        .map(SessionRecord::state)
        .filter(state -> state.payload().isPresent())
        .flatMap(state -> state.epochIfAny().stream())
        .anyMatch(epoch -> atLeast.filter(least -> least.isAfter(epoch)).isEmpty());
  }
}
