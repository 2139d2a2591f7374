package dev.sojourn.server.shell;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of one shard is unfinished between POPs, for metrics: grants not confirmed, confirms and
 * announces not acknowledged. It learns from every record that is loaded or written, so that after
 * a restart it is whole once what was due has been looked at. Bounded: beyond {@value #ENTRIES_MAX}
 * sessions it leaves out the newest. Driven by one thread.
 */
public final class Backlog {
  static final int ENTRIES_MAX = 100_000;

  private final PopId self;
  // In the order of arrival, so that the first grant in it is the oldest.
  private final Map<KeyHash, Unfinished> entries = new LinkedHashMap<>();
  private int grants;
  private int confirms;
  private int announces;

  /** How a session is unfinished, and since when. */
  private record Unfinished(boolean grant, int confirms, boolean announce, long sinceMillis) {
    boolean isNothing() {
      return !grant && confirms == 0 && !announce;
    }
  }

  /**
   * How much is unfinished at one moment.
   *
   * @param grantsUnconfirmed sessions handed over whose payload is still kept
   * @param oldestGrantMillis when the oldest of them was handed over, or first seen after a start;
   *     {@link Long#MAX_VALUE} if there is none
   * @param confirmsOwed confirms not acknowledged yet
   * @param announcesOwed sessions whose birth POP has not acknowledged where they are
   */
  public record Snapshot(
      int grantsUnconfirmed, long oldestGrantMillis, int confirmsOwed, int announcesOwed) {
    static final Snapshot NONE = new Snapshot(0, Long.MAX_VALUE, 0, 0);

    Snapshot plus(Snapshot other) {
      return new Snapshot(
          grantsUnconfirmed + other.grantsUnconfirmed,
          Math.min(oldestGrantMillis, other.oldestGrantMillis),
          confirmsOwed + other.confirmsOwed,
          announcesOwed + other.announcesOwed);
    }
  }

  Backlog(PopId self) {
    this.self = self;
  }

  /** Takes in how {@code key} stands now. */
  void observe(KeyHash key, Optional<SessionRecord> record, long nowMillis) {
    Unfinished now =
        record.isEmpty()
            ? new Unfinished(false, 0, false, nowMillis)
            : unfinished(record.get(), nowMillis);
    if (now.isNothing()) {
      count(entries.remove(key), -1);
      return;
    }
    Unfinished before = entries.get(key);
    if (before == null && entries.size() >= ENTRIES_MAX) {
      return;
    }
    if (before != null && before.grant() == now.grant()) {
      now = new Unfinished(now.grant(), now.confirms(), now.announce(), before.sinceMillis());
    } else {
      entries.remove(key);
    }
    entries.put(key, now);
    count(before, -1);
    count(now, 1);
  }

  Snapshot snapshot() {
    long oldest = Long.MAX_VALUE;
    if (grants > 0) {
      for (Unfinished entry : entries.values()) {
        if (entry.grant()) {
          oldest = entry.sinceMillis();
          break;
        }
      }
    }
    return new Snapshot(grants, oldest, confirms, announces);
  }

  private void count(@Nullable Unfinished entry, int by) {
    if (entry != null) {
      grants += entry.grant() ? by : 0;
      confirms += entry.confirms() * by;
      announces += entry.announce() ? by : 0;
    }
  }

  private Unfinished unfinished(SessionRecord record, long nowMillis) {
    return new Unfinished(
        record.state() instanceof SessionState.Granted,
        record.owes().size(),
        owesAnnounce(record, self),
        nowMillis);
  }

  /**
   * Whether the session's birth POP has not acknowledged where it is, or that it ended. A granter
   * says so only while it has acknowledged nothing at all, a forward only when it is about to be
   * collected.
   */
  static boolean owesAnnounce(SessionRecord record, PopId self) {
    boolean elsewhere = record.home().filter(home -> !home.equals(self)).isPresent();
    boolean owns =
        record.state() instanceof SessionState.Owned
            || record.state() instanceof SessionState.Tombstone;
    if (record.announced().isEmpty()) {
      return elsewhere && (owns || record.state() instanceof SessionState.Granted);
    }
    Optional<Epoch> epoch = record.state().epochIfAny();
    return elsewhere
        && owns
        && epoch.filter(known -> known.isAfter(record.announced().get())).isPresent();
  }
}
