package dev.sojourn.server.storage;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import java.util.List;
import java.util.Optional;

/**
 * Where a POP's records rest: one record for each key hash, written conditionally, in atomic
 * commits, several shards of one process at a time.
 *
 * <h2>What a store promises</h2>
 *
 * <ul>
 *   <li><b>Conditional.</b> A write names the revision that it replaces. If the store holds another
 *       one, somebody else writes this POP's records, and nothing that this process believes can be
 *       relied on: the commit is not applied, and the store fails for good with {@link
 *       StorageException.Conflict}. A store shared by several processes (a clustered database with
 *       compare-and-set) keeps this promise with the same words.
 *   <li><b>Atomic and in order.</b> A commit is applied whole or not at all. Commits of one {@link
 *       CommitLane} are applied in the order in which they were submitted; between lanes there is
 *       no order, and no two lanes may write the same key.
 *   <li><b>Durable when it says so.</b> A synced commit is reported only when a crash of process
 *       and machine cannot undo it. A lazy one costs no sync of its own and may be lost by a crash,
 *       but only together with everything after it: the next synced commit of any lane carries it
 *       along, and a sync of the store's own follows within a time that is set.
 *   <li><b>Never silently less.</b> What was reported and cannot be read back whole is {@link
 *       StorageException.Corrupt}, never an absent record. Every block and every log entry is
 *       checked when it is read.
 *   <li><b>Failed is failed.</b> After a write or a sync that did not succeed, it is unknown what
 *       the disk holds (R8: nothing is served from a store whose last commit is in doubt). Every
 *       later call is answered with the same error until the process stops.
 * </ul>
 *
 * <h2>Threads</h2>
 *
 * Every method may be called by any thread, returns without waiting for the disk (but for {@link
 * #close}), and answers exactly once. Callbacks and listeners run on the store's own threads: they
 * must hand over and return, and never call {@link #close}. Queues are unbounded; whoever submits
 * bounds what is in flight, by {@link #queueDepth} or by its own count.
 */
public interface SessionStore extends AutoCloseable {
  /** Who this store is, and which of its lives this is. Fixed while it is open. */
  StoreIdentity identity();

  /**
   * How far this store has come: grows with each commit, over all its lives. Only what is durable
   * counts, so a crash never takes it back; a store that shows less than it once told a peer was
   * put back to an older state.
   */
  long position();

  /**
   * A sequence of commits of its own, for one shard.
   *
   * @param listener told in order of what became of them, on the store's thread
   */
  CommitLane openLane(CommitListener listener);

  /**
   * Reads one record as of the last applied commit; a commit still queued is not seen. Empty: never
   * written, or removed.
   *
   * <p>Fails with {@link StorageException.Corrupt} or {@link StorageException.NewerFormat} for this
   * record alone, with {@link StorageException.Io}, or as a failed or closed store does.
   */
  void load(KeyHash key, StoreCallback<Optional<SessionRecord>> callback);

  /**
   * Keys of records whose {@code dueAtMillis} has come, at most {@code limit}, found by an index
   * and never by a scan of records. A key is told at the earliest at its due instant and at the
   * latest a second after it (the width of the index's buckets), again and again until a commit
   * gives the record another due instant or removes it. Each call goes on behind the last key of
   * the call before and starts anew at the end, so that no key that stays due hides others; a list
   * shorter than {@code limit} says that the end was reached. A key may be told that is no longer
   * due, if a commit is just on its way. Meant for one caller.
   *
   * @param nowMillis of the same clock as the due instants. One that went back makes nothing worse
   *     than late
   */
  void due(long nowMillis, int limit, StoreCallback<List<KeyHash>> callback);

  /**
   * Shows {@code visitor} every key that has a record now, from the lowest to the highest, on a
   * thread of its own and without disturbing commits; records written meanwhile may be missed. For
   * work over the whole store, such as announcing everything anew to a birth POP that lost its
   * store (R14).
   *
   * @param callback told how many keys were shown, at the end or when the visitor had enough
   */
  void forEach(KeyVisitor visitor, StoreCallback<Long> callback);

  /**
   * Shows {@code visitor} every line of the audit ledger as of now, in order, and last its signed
   * head, on a thread of its own; nothing if there is no entry.
   *
   * @param callback told how many lines were shown
   */
  void readLedger(LedgerVisitor visitor, StoreCallback<Long> callback);

  /**
   * Takes what was removed or written over out of the files of the store for good: rewrites the
   * tables and begins a new log. Takes as long as it takes to read and write all of them, and slows
   * commits down meanwhile, and nothing else waits for it. What was written while it ran may be
   * left. A store that is closed meanwhile cuts it off: it then fails with {@link
   * StorageException.Closed}, and has to be begun anew.
   *
   * @param callback told when the files are gone; of the disk below them it says nothing
   */
  void purge(StoreCallback<Boolean> callback);

  /** How many commits wait to be written. */
  int queueDepth();

  /** Free bytes of the disk below the store, as last looked at. */
  long freeBytes();

  /**
   * Looks at the free space anew, and tells the {@link StoreListener} if it went below the reserve
   * or came back above it. Cheap; the store also does this itself with each batch it writes, so
   * that a tick every few seconds is enough.
   */
  void checkSpace();

  /**
   * Orderly end: refuses what comes later with {@link StorageException.Closed}, writes and syncs
   * all that was submitted (lazy commits too), answers every callback, marks the end as orderly
   * ({@link StoreIdentity#intactSince}), and gives the directory free. Waits for it. A second call
   * does nothing.
   */
  @Override
  void close();
}
