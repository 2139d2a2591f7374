package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A POP's disk: commits reach it in order and become durable in order. A crash keeps the durable
 * ones and, it may be, some of the following, but never one without all before it.
 */
public final class Disk {
  private final SortedMap<KeyHash, Stored> durable = new TreeMap<>();
  private final SortedMap<KeyHash, Stored> written = new TreeMap<>();
  private final Deque<Commit> unsynced = new ArrayDeque<>();
  private final BiConsumer<KeyHash, Optional<SessionRecord>> onDurable;
  private HomeMemory homes = HomeMemory.ofNewStore(1);
  private long lastSeq;
  private long commits;

  /** A record and when its POP wants to hear of it again, by the POP's own clock. */
  public record Stored(SessionRecord record, long dueAtMillis) {}

  /** Everything that is durable at one instant, as a copy of the files holds it. */
  public record Copy(ImmutableSortedMap<KeyHash, Stored> records, HomeMemory homes) {
    static Copy ofNewStore(int own) {
      return new Copy(ImmutableSortedMap.of(), HomeMemory.ofNewStore(own));
    }
  }

  /**
   * @param onDurable told of each record that became durable, or was durably removed
   */
  Disk(BiConsumer<KeyHash, Optional<SessionRecord>> onDurable) {
    this.onDurable = onDurable;
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

  /** How many commits this disk was given in its life. */
  public long commits() {
    return commits;
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
          case HALF -> (atRisk.size() + 1) / 2;
          case EVERYTHING -> atRisk.size();
        };
    for (Commit commit : atRisk.subList(0, survivors)) {
      makeDurable(commit);
    }
    unsynced.clear();
    written.clear();
    written.putAll(durable);
    lastSeq = 0;
  }

  /** Another disk in place of this one: an empty one, or an old copy. */
  void replaceBy(Copy other) {
    unsynced.clear();
    durable.clear();
    durable.putAll(other.records());
    written.clear();
    written.putAll(other.records());
    homes = other.homes();
    lastSeq = 0;
  }
}
