package dev.sojourn.sim.own;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One session: what its devices carry, and what POPs have on disk of it. Exists from its first
 * request until nothing is left of it anywhere. Not thread-safe.
 */
final class Line {
  private static final int DEVICES = 2;

  private final int index;
  private final int session;
  private final KeyHash key;
  private final Country residency;
  private final ToIntFunction<PopId> pops;

  // What is on disk: parallel, one entry for each POP that has something.
  private int[] storedAt = new int[2];
  private SessionRecord[] stored = new SessionRecord[2];
  private long[] dueAtMillis = new long[2];
  private long[] plannedMillis = new long[2];
  private int stores;
  private int copies;

  // What the devices carry and wait for.
  final @Nullable Hint[] hints = new Hint[DEVICES];
  final int[] calls = new int[DEVICES];
  final @Nullable Call[] waitingFor = new Call[DEVICES];
  final ArrayDeque<Integer> queued = new ArrayDeque<>(0);
  private boolean creating;

  /** Where its clients last met it. */
  int place;

  // What the promises are checked against.
  boolean ended;
  boolean wasStored;

  /** Its user has begun another one: its creation failed, or it has run out. */
  boolean isOver;

  @Nullable Epoch highest;
  int holder = -1;
  long acknowledged;
  long highestAcknowledged;
  long outcomeUnknown;

  /**
   * A request under way.
   *
   * @param floor the highest count of writes that was acknowledged before it was sent
   * @param placeBefore where the session was then
   * @param isSecond whether it was sent before, under an older hint
   */
  record Call(
      int request,
      int pop,
      long askedMicros,
      long floor,
      int placeBefore,
      boolean isWrite,
      boolean isSecond) {
    Call again() {
      return new Call(request, pop, askedMicros, floor, placeBefore, isWrite, true);
    }
  }

  Line(
      int index,
      int session,
      KeyHash key,
      int place,
      Country residency,
      ToIntFunction<PopId> pops) {
    this.index = index;
    this.session = session;
    this.key = key;
    this.place = place;
    this.residency = residency;
    this.pops = pops;
  }

  int index() {
    return index;
  }

  int session() {
    return session;
  }

  /** Of its user. */
  Country residency() {
    return residency;
  }

  KeyHash key() {
    return key;
  }

  int indexOf(PopId pop) {
    return pops.applyAsInt(pop);
  }

  /** How many POPs have its content on disk. */
  int copies() {
    return copies;
  }

  int stores() {
    return stores;
  }

  int storeAt(int i) {
    return storedAt[i];
  }

  SessionRecord storedBy(int i) {
    return stored[i];
  }

  Optional<SessionRecord> record(int pop) {
    int i = find(pop);
    return i < 0 ? Optional.empty() : Optional.of(stored[i]);
  }

  /** Empty unless a device waits for an answer; then nobody else may begin the session. */
  boolean isBeingCreated() {
    return creating;
  }

  void creating(boolean now) {
    creating = now;
  }

  /** The newest hint that any device has, which a second device is set up with. */
  Optional<Hint> anyHint(int device) {
    Hint own = hints[device];
    return Optional.ofNullable(own != null ? own : hints[1 - device]);
  }

  /** Replaces what a POP has; gives what it had. */
  SessionRecord store(int pop, Optional<SessionRecord> record, long dueMillis) {
    int i = find(pop);
    SessionRecord before = i < 0 ? SessionRecord.NONE : stored[i];
    copies -= before.state().payload().isPresent() ? 1 : 0;
    if (record.isPresent()) {
      if (i < 0) {
        i = grow(pop);
      }
      stored[i] = record.get();
      dueAtMillis[i] = dueMillis;
      copies += record.get().state().payload().isPresent() ? 1 : 0;
    } else if (i >= 0) {
      remove(i);
    }
    return before;
  }

  long dueMillis(int pop) {
    int i = find(pop);
    return i < 0 ? Long.MAX_VALUE : dueAtMillis[i];
  }

  /** Whether the due time of that record must still be planned; from now on it is. */
  boolean planDue(int pop) {
    int i = find(pop);
    if (i < 0 || dueAtMillis[i] >= plannedMillis[i]) {
      return false;
    }
    plannedMillis[i] = dueAtMillis[i];
    return true;
  }

  /** What was planned has come, or is void. */
  void unplan(int pop) {
    int i = find(pop);
    if (i >= 0) {
      plannedMillis[i] = Long.MAX_VALUE;
    }
  }

  private int find(int pop) {
    for (int i = 0; i < stores; i++) {
      if (storedAt[i] == pop) {
        return i;
      }
    }
    return -1;
  }

  private int grow(int pop) {
    if (stores == storedAt.length) {
      storedAt = Arrays.copyOf(storedAt, 2 * stores);
      stored = Arrays.copyOf(stored, 2 * stores);
      dueAtMillis = Arrays.copyOf(dueAtMillis, 2 * stores);
      plannedMillis = Arrays.copyOf(plannedMillis, 2 * stores);
    }
    storedAt[stores] = pop;
    plannedMillis[stores] = Long.MAX_VALUE;
    return stores++;
  }

  private void remove(int i) {
    stores--;
    storedAt[i] = storedAt[stores];
    stored[i] = stored[stores];
    dueAtMillis[i] = dueAtMillis[stores];
    plannedMillis[i] = plannedMillis[stores];
  }
}
