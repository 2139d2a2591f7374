package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.Damaged;
import dev.sojourn.sim.check.Observation.Mended;
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
  private final Set<Place> unreadable = new LinkedHashSet<>();
  private final Set<KeyHash> onceUnreadable = new LinkedHashSet<>();
  private final Set<KeyHash> misled = new LinkedHashSet<>();
  private final Set<KeyHash> rehomed = new LinkedHashSet<>();
  private final Set<KeyHash> cold = new LinkedHashSet<>();

  /** What a store held when it was lost. */
  private record Lost(PopId pop, KeyHash key, int store, SessionRecord record) {}

  private record Place(PopId pop, KeyHash key) {}

  void observe(Observation observation) {
    if (observation instanceof Damaged bad) {
      unreadable.add(new Place(bad.pop(), bad.key()));
      onceUnreadable.add(bad.key());
    } else if (observation instanceof Mended mended) {
      unreadable.remove(new Place(mended.pop(), mended.key()));
    } else if (observation instanceof OnDisk onDisk) {
      unreadable.remove(new Place(onDisk.pop(), onDisk.key()));
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

  /** Whether some POP has a record of it and cannot read that. */
  boolean isUnreadable(KeyHash key) {
    return unreadable.stream().anyMatch(place -> place.key().equals(key));
  }

  /** Whether a POP may owe a confirm that nobody can acknowledge. */
  boolean mayOweForGood(KeyHash key) {
    return turnedBack.contains(key) || isUnreadable(key);
  }

  /**
   * Whether a granter may keep its payload until that runs out: since the disk is lost that owed
   * the confirm, or since it cannot read what it is to drop.
   */
  boolean mayBeKeptTwice(KeyHash key) {
    return turnedBack.contains(key) || unconfirmed.contains(key) || isUnreadable(key);
  }

  /** Whether a way to it may lead nowhere for good: a directory does not know what it knew. */
  boolean mayBeCalledLost(KeyHash key) {
    return mayBeGone(key) || misled.contains(key) || isUntold(key);
  }

  /**
   * Whether a way to it may have led nowhere for a time: a POP along the trail has an empty disk,
   * and the birth POP had not heard yet where the session went from there.
   */
  boolean mayHaveBeenCalledLost(KeyHash key) {
    return mayBeCalledLost(key) || cold.contains(key);
  }

  /** Whether a birth POP with an empty disk could not be told by who could not read its record. */
  private boolean isUntold(KeyHash key) {
    return onceUnreadable.contains(key) && (rehomed.contains(key) || cold.contains(key));
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
    boolean partDiffers = !had.custody().equals(has.custody());
    if (mayBeMadeAgain || partDiffers || !had.state().equals(has.state())) {
      turnedBack.add(replaced.key());
    } else if (!had.directory().equals(has.directory())) {
      misled.add(replaced.key());
    }
  }

  private void lose(Replaced replaced, SessionRecord had) {
    lost.add(new Lost(replaced.pop(), replaced.key(), replaced.store() - 1, had));
    if (had.custody().isPresent()) {
      // The part that it kept for an owner is gone, and the owner goes on.
      turnedBack.add(replaced.key());
    }
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
        || (isTheLastWord(had.state()) && !isElsewhere(replaced.key(), epoch))) {
      gone.add(replaced.key());
    } else if (had.home().equals(Optional.of(replaced.pop()))) {
      // It says BUSY instead, until it has been told of every session again.
      rehomed.add(replaced.key());
    } else if (epoch.filter(e -> !isListed(replaced.key(), had, e)).isPresent()) {
      cold.add(replaced.key());
    }
  }

  /** Whether it holds the payload, or knows that it has run out on its way to a grantee. */
  private static boolean isTheLastWord(SessionState state) {
    return state.payload().isPresent()
        || (state instanceof SessionState.Forward forward && forward.lapsed());
  }

  /** Whether the birth POP has heard of this epoch, or of a later one. */
  private boolean isListed(KeyHash key, SessionRecord had, Epoch epoch) {
    return had.home()
        .flatMap(home -> Optional.ofNullable(disks.records(key).get(home)))
        .flatMap(SessionRecord::directory)
        .filter(entry -> !epoch.isAfter(entry.epoch()))
        .isPresent();
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
