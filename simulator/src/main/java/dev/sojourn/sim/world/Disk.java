package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.Life;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A POP's disk: commits reach it in order and become durable in order. A crash keeps the durable
 * ones and, it may be, some of the following, but never one without all before it.
 */
public final class Disk {
  private final SortedMap<KeyHash, Stored> durable = new TreeMap<>();
  private final SortedMap<KeyHash, Stored> written = new TreeMap<>();
  private final Deque<Commit> unsynced = new ArrayDeque<>();
  private final Set<KeyHash> damaged = new TreeSet<>();
  private final BiConsumer<KeyHash, Optional<SessionRecord>> onDurable;
  private final boolean loose;
  private final Consumer<Undone> onUndone;
  private HomeMemory homes = HomeMemory.ofNewStore(1);
  private long lastSeq;
  private long commits;
  private Optional<Life> life = Optional.empty();
  private boolean endedInOrder;
  private Optional<Commit> expected = Optional.empty();

  /** A record and when its POP wants to hear of it again, by the POP's own clock. */
  public record Stored(SessionRecord record, long dueAtMillis) {}

  /** Versions that were answered, never synced, and are gone: all after {@code keptVersion}. */
  record Undone(KeyHash key, Epoch epoch, long keptVersion, long lostVersion) {}

  /** Everything that is durable at one instant, as a copy of the files holds it. */
  public record Copy(ImmutableSortedMap<KeyHash, Stored> records, HomeMemory homes) {
    static Copy ofNewStore(int own) {
      return new Copy(ImmutableSortedMap.of(), HomeMemory.ofNewStore(own));
    }
  }

  /**
   * @param loose whether what asks for no sync may have been answered all the same
   * @param onDurable told of each record that became durable, or was durably removed
   * @param onUndone told of what a crash has undone
   */
  Disk(
      boolean loose,
      BiConsumer<KeyHash, Optional<SessionRecord>> onDurable,
      Consumer<Undone> onUndone) {
    this.loose = loose;
    this.onDurable = onDurable;
    this.onUndone = onUndone;
  }

  /** Begins the next life, as a node's store does. */
  Life begin() {
    long incarnation = life.map(Life::incarnation).orElse(0L) + 1;
    long intactSince = endedInOrder ? life.map(Life::intactSince).orElse(1L) : incarnation;
    Life next = new Life(Keys.storeId(homes.own()), incarnation, intactSince);
    life = Optional.of(next);
    endedInOrder = false;
    return next;
  }

  /** The end of a process that was asked to end: everything is durable, and that is known. */
  void end() {
    crash(Crash.Kept.EVERYTHING);
    endedInOrder = true;
  }

  /** What lies beside the records; always durable. */
  HomeMemory homes() {
    return homes;
  }

  void remember(HomeMemory now) {
    homes = now;
  }

  public Copy copy() {
    return new Copy(ImmutableSortedMap.copyOfSorted(durable), homes);
  }

  /** What a read sees: everything handed in, durable or not. */
  public Optional<SessionRecord> read(KeyHash key) {
    return Optional.ofNullable(written.get(key)).map(Stored::record);
  }

  /** What would be found after a crash that keeps nothing unsynced. */
  public SortedMap<KeyHash, Stored> durable() {
    return new TreeMap<>(durable);
  }

  /** Everything handed in. */
  SortedMap<KeyHash, Stored> written() {
    return new TreeMap<>(written);
  }

  /** Lets a durable record be unreadable from now on; it is still there. */
  void damage(KeyHash key) {
    damaged.add(key);
  }

  /** The record can be read again, as it was written. */
  void mend(KeyHash key) {
    damaged.remove(key);
  }

  Set<KeyHash> damaged() {
    return new TreeSet<>(damaged);
  }

  /** Whether a read of it would find that it is damaged: a later write stands in its place. */
  boolean isDamaged(KeyHash key) {
    return damaged.contains(key)
        && unsynced.stream()
            .flatMap(commit -> commit.writes().stream())
            .noneMatch(write -> write.key().equals(key));
  }

  /** Everything handed in that can be read. */
  SortedMap<KeyHash, Stored> readable() {
    SortedMap<KeyHash, Stored> records = new TreeMap<>(written);
    records.keySet().removeIf(this::isDamaged);
    return records;
  }

  /** How many commits this disk was given in its life. */
  public long commits() {
    return commits;
  }

  /** The core believes in this commit, and what needs no sync of it may be said already. */
  void expect(Commit commit) {
    expected = Optional.of(commit);
  }

  /**
   * @throws ProtocolBroken if a sequence number does not grow, or a record has another revision
   *     than the core believes
   */
  void submit(Commit commit) {
    if (commit.seq() <= lastSeq) {
      throw new ProtocolBroken("commit " + commit.seq() + " after commit " + lastSeq);
    }
    lastSeq = commit.seq();
    expected = Optional.empty();
    commits++;
    for (RecordWrite write : commit.writes()) {
      requireRevision(write);
      apply(write, written);
    }
    unsynced.add(commit);
  }

  private void requireRevision(RecordWrite write) {
    long found = read(write.key()).map(SessionRecord::revision).orElse(0L);
    if (found != write.expectedRevision()) {
      throw new ProtocolBroken(
          "a write expects revision " + write.expectedRevision() + " and finds " + found);
    }
  }

  private static void apply(RecordWrite write, SortedMap<KeyHash, Stored> records) {
    if (write.record().isEmpty()) {
      records.remove(write.key());
    } else {
      SessionRecord next = write.record().get().withRevision(write.expectedRevision() + 1);
      records.put(write.key(), new Stored(next, write.dueAtMillis()));
    }
  }

  /** Whether a synced commit up to this sequence number is still in flight. */
  boolean isSyncPending(long throughSeq) {
    for (Commit commit : unsynced) {
      if (commit.seq() > throughSeq) {
        return false;
      }
      if (commit.synced()) {
        return true;
      }
    }
    return false;
  }

  /** The sync of this commit, and with it of all earlier ones, is done. */
  void syncedThrough(long seq) {
    while (!unsynced.isEmpty() && unsynced.peek().seq() <= seq) {
      makeDurable(unsynced.remove());
    }
  }

  private void makeDurable(Commit commit) {
    for (RecordWrite write : commit.writes()) {
      apply(write, durable);
      damaged.remove(write.key());
      onDurable.accept(
          write.key(), Optional.ofNullable(durable.get(write.key())).map(Stored::record));
    }
  }

  /** Loses what was not synced, but for what {@code kept} says was written by chance. */
  void crash(Crash.Kept kept) {
    List<Commit> atRisk = new ArrayList<>(unsynced);
    int survivors =
        switch (kept) {
          case NOTHING -> 0;
          case HALF -> atRisk.size() / 2;
          case EVERYTHING -> atRisk.size();
        };
    for (Commit commit : atRisk.subList(0, survivors)) {
      makeDurable(commit);
    }
    if (loose) {
      List<Commit> lost = new ArrayList<>(atRisk.subList(survivors, atRisk.size()));
      expected.ifPresent(lost::add);
      tellUndone(lost);
    }
    expected = Optional.empty();
    unsynced.clear();
    written.clear();
    written.putAll(durable);
    lastSeq = 0;
  }

  /**
   * Of each session the versions that were written without a sync, up to the first commit that
   * asked for one: what was written behind that was not answered before it.
   */
  private void tellUndone(List<Commit> lost) {
    Map<KeyHash, Undone> seen = new TreeMap<>();
    Set<KeyHash> closed = new TreeSet<>();
    for (Commit commit : lost) {
      for (RecordWrite write : commit.writes()) {
        if (commit.synced()) {
          closed.add(write.key());
        } else if (!closed.contains(write.key())
            && write.record().isPresent()
            && write.record().get().state() instanceof Owned owned) {
          long kept =
              Optional.ofNullable(durable.get(write.key()))
                  .flatMap(each -> each.record().state().payload())
                  .map(SessionData::version)
                  .orElse(0L);
          if (owned.data().version() > kept) {
            seen.put(
                write.key(), new Undone(write.key(), owned.epoch(), kept, owned.data().version()));
          }
        }
      }
    }
    seen.values().forEach(onUndone);
  }

  /** Another disk in place of this one: an empty one, or an old copy. */
  void replaceBy(Copy other) {
    unsynced.clear();
    damaged.clear();
    durable.clear();
    durable.putAll(other.records());
    written.clear();
    written.putAll(other.records());
    homes = other.homes();
    lastSeq = 0;
  }
}
