package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.codec.CodecException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Commits that are written together, with their conditions checked. For the writer's thread alone.
 *
 * <p>If {@link #add} fails, the batch is half built and must be thrown away with the store: its
 * heads are ahead of the database.
 */
final class CommitBatch implements AutoCloseable {
  private static final int HEADS_MAX = 32_768;

  private final Database database;
  private final DueIndex due;
  private final HeadTable heads = new HeadTable(HEADS_MAX);
  private final LedgerTable ledger;
  private final WriteBatch batch = new WriteBatch();
  private final byte[] headBuffer = new byte[RecordHead.LENGTH];
  private final Map<RocksLane, Long> throughSeq = new LinkedHashMap<>();
  private int commits;
  private int records;
  private boolean synced;

  /**
   * @param ledger where entries of the audit ledger go
   */
  CommitBatch(Database database, DueIndex due, LedgerTable ledger) {
    this.database = database;
    this.due = due;
    this.ledger = ledger;
  }

  void add(Work.Submission commit) throws StorageException, RocksDBException {
    for (Work.EncodedWrite write : commit.writes()) {
      RecordHead present = headOf(write);
      if (present.revision() != write.expectedRevision()) {
        throw new StorageException.Conflict(
            "record "
                + write.key()
                + " is at revision "
                + present.revision()
                + " and not at "
                + write.expectedRevision()
                + ": somebody else writes this store, or this node is at fault; stop it and"
                + " report this");
      }
      byte[] key = write.key().value().unsafeArray();
      if (write.value() == null) {
        batch.delete(database.records(), key);
      } else {
        batch.put(database.records(), key, write.value());
      }
      due.move(write.key(), present, write.head(), batch);
      heads.put(write.key(), write.head());
      records++;
    }
    for (LedgerEntry entry : commit.entries()) {
      ledger.append(entry, batch);
    }
    commits++;
    synced |= commit.synced();
    throughSeq.put(commit.lane(), commit.seq());
  }

  void add(Work.Collection collection) throws RocksDBException {
    due.collect(collection.throughMillis(), batch);
  }

  /** Writes everything added, with one sync if any of it asked for one. */
  void write() throws RocksDBException {
    ledger.signNowAndThen(batch);
    if (batch.count() > 0 || synced) {
      database.write(batch, synced);
    }
    heads.trim();
  }

  /** The lanes that take part, each with its last commit. */
  Map<RocksLane, Long> throughSeq() {
    return throughSeq;
  }

  int commits() {
    return commits;
  }

  int records() {
    return records;
  }

  boolean isSynced() {
    return synced;
  }

  long sizeBytes() {
    return batch.getDataSize();
  }

  void clear() {
    batch.clear();
    throughSeq.clear();
    commits = 0;
    records = 0;
    synced = false;
  }

  private RecordHead headOf(Work.EncodedWrite write) throws StorageException, RocksDBException {
    RecordHead known = heads.find(write.key());
    if (known != null) {
      return known;
    }
    byte[] key = write.key().value().unsafeArray();
    int length = database.getInto(database.records(), key, headBuffer);
    if (length == RocksDB.NOT_FOUND) {
      return RecordHead.NONE;
    }
    try {
      return RecordHead.decode(headBuffer, length);
    } catch (CodecException e) {
      throw StoredRecordErrors.of(write.key(), e);
    }
  }

  @Override
  public void close() {
    batch.close();
  }
}
