package dev.sojourn.core;

import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One session as this POP holds it in memory: its record, perhaps ahead of the disk, and pulls. */
final class Slot {
  final KeyHash key;

  /** Read from the store; until then everything waits. */
  boolean loaded;

  SessionRecord record = SessionRecord.NONE;

  /** The latest synced commit of this record. */
  long syncedSeq;

  /** The latest commit that changed what readers see. */
  long valueSeq;

  /** The latest commit with an entry of the ledger for something that was said of it. */
  long notedSeq;

  /** What the ledger holds already of who was shown what; with no time. */
  final Set<LedgerEntry> noted = new LinkedHashSet<>();

  /** The state that was written last, if it has changed since. */
  Optional<SessionState> before = Optional.empty();

  /** The latest commit of any kind. */
  long writtenSeq;

  /** No request is handled until this commit is durable: a grant, a rotate or an end. */
  long barrierSeq;

  /** What waits for the load or for the barrier, in order of arrival. */
  final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Where the session was offered to, until it goes or the owner changes its mind. */
  Optional<Offered> offered = Optional.empty();

  /** Requests that wait until the session rests where they are lawful, in order of arrival. */
  final ArrayDeque<Waiting> relocating = new ArrayDeque<>();

  /** Questions to other POPs that have not been answered. */
  final Map<Nonce, Pull> pulls = new LinkedHashMap<>();

  /** The request that asks a custodian for what was left behind. */
  Optional<Visit> visit = Optional.empty();

  /** Those that will ask it next, in order of arrival. */
  final ArrayDeque<Ask> visitors = new ArrayDeque<>();

  /** Requests that wait for another POP, by the tag of the timer that ends their patience. */
  final Map<Long, Ask> deadlines = new LinkedHashMap<>();

  /** Who granted the session to this POP, while that may not be durable here; see persistSeq. */
  Optional<PopId> granter = Optional.empty();

  /** The commit that makes the received grant durable here. */
  long persistSeq;

  /** Whom the session came from, for as long as it is in memory. */
  Optional<PopId> cameFrom = Optional.empty();

  long heldSinceMillis = Long.MIN_VALUE;
  long lastUsedAtMillis = Long.MIN_VALUE;

  /** How quiet it was before the last request: a SETTLE that follows is judged by that. */
  long quietBeforeMillis;

  /** What the memory budget counts for it. */
  long weighedBytes;

  /** How often something unacknowledged was said again since the record last changed. */
  int reminders;

  /** When what is owed was last said: a session that is written all the time owes it no less. */
  long remindedAtMillis;

  /**
   * @param ask who is told if it never comes to the work; empty for what its sender says again
   * @param otherwise instead of the work, if the record cannot be read
   */
  record Waiting(Optional<Ask> ask, Runnable work, Runnable otherwise) {
    Waiting(Optional<Ask> ask, Runnable work) {
      this(ask, work, () -> {});
    }
  }

  /**
   * @param epoch of the owner that offered it
   * @param atMillis when that was said last
   */
  record Offered(PopId pop, Epoch epoch, long atMillis) {}

  Slot(KeyHash key) {
    this.key = key;
  }

  SessionState state() {
    return record.state();
  }

  void become(SessionState state) {
    before = before.or(() -> Optional.of(record.state()));
    record = record.withState(state);
    reminders = 0;
  }

  /** Raises the revision and gives the write that brings the store to the record in memory. */
  RecordWrite takeWrite(long dueAtMillis) {
    before = Optional.empty();
    long expected = record.revision();
    if (record.isVoid()) {
      record = SessionRecord.NONE;
      return new RecordWrite(key, expected, Optional.empty(), Long.MAX_VALUE);
    }
    record = record.withRevision(expected + 1);
    return new RecordWrite(key, expected, Optional.of(record), dueAtMillis);
  }

  /**
   * What waited to go along with the session is handled behind the barrier that was set just now.
   */
  void releaseRelocating(Set<Slot> barred) {
    if (!relocating.isEmpty()) {
      waiting.addAll(relocating);
      relocating.clear();
      barred.add(this);
    }
  }

  /** A question that nobody waits for keeps nothing in memory: its answer may be dropped. */
  boolean isIdle(long doneSeq) {
    return loaded
        && writtenSeq <= doneSeq
        && waiting.isEmpty()
        && relocating.isEmpty()
        && visit.isEmpty()
        && pulls.values().stream().allMatch(Pull::isAbandoned);
  }

  long sizeBytes() {
    return 400
        + record.state().payload().map(data -> data.sizeBytes()).orElse(0L)
        + record.custody().map(Custody::sizeBytes).orElse(0L);
  }
}
