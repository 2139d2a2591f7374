package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open RocksDB with our four column families. Thread-safe, except that nothing may be called
 * during or after {@link #close}: a native object that is gone takes the process with it.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final RocksTuning tuning;
  private final RocksDB rocks;
  private final List<ColumnFamilyHandle> families;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions lazy = new WriteOptions().setSync(false);
  private final ReadOptions reading = new ReadOptions().setVerifyChecksums(true);

  /** Guards both: how those are told to stop that run now, and whether any may begin. */
  private final List<CompactRangeOptions> purging = new ArrayList<>();

  private boolean purgesAreOver;

  private Database(RocksTuning tuning, RocksDB rocks, List<ColumnFamilyHandle> families) {
    this.tuning = tuning;
    this.rocks = rocks;
    this.families = families;
  }

  static Database open(RocksStoreOptions options) throws StorageException {
    return open(options, OptionalLong.empty());
  }

  /**
   * @param synced up to where the log was surely synced; unknown: everywhere
   * @throws StorageException.Corrupt if the log is damaged where it was synced; it is not touched
   */
  static Database open(RocksStoreOptions options, OptionalLong synced) throws StorageException {
    RocksDB.loadLibrary();
    try {
      return open(options, WALRecoveryMode.TolerateCorruptedTailRecords, true);
    } catch (StorageException.Corrupt damaged) {
      if (synced.isEmpty() || intactThrough(options) < synced.getAsLong()) {
        throw damaged;
      }
      LOG.warn(
          "the log in `{}` is damaged behind its last sync, as a power failure leaves it; what is"
              + " behind the damage was promised to nobody as durable, and is dropped",
          options.directory());
      return open(options, WALRecoveryMode.PointInTimeRecovery, true);
    }
  }

  /** How far the log can be read, without changing anything; 0 if it is not the log. */
  private static long intactThrough(RocksStoreOptions options) {
    try (Database looked = open(options, WALRecoveryMode.PointInTimeRecovery, false)) {
      return looked.latestSequenceNumber();
    } catch (StorageException damagedOtherwise) {
      return 0;
    }
  }

  private static Database open(RocksStoreOptions options, WALRecoveryMode mode, boolean writes)
      throws StorageException {
    StoreDirectory directory = StoreDirectory.prepare(options.directory());
    boolean fresh = directory.isFresh();
    RocksTuning tuning = new RocksTuning(options);
    List<ColumnFamilyDescriptor> descriptors =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.meta()),
            new ColumnFamilyDescriptor(name("records"), tuning.records()),
            new ColumnFamilyDescriptor(name("due"), tuning.due()),
            new ColumnFamilyDescriptor(name("meta"), tuning.meta()),
            new ColumnFamilyDescriptor(name("ledger"), tuning.ledger()));
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      DBOptions database =
          tuning.database(fresh, directory.allowsDirectReads()).setWalRecoveryMode(mode);
      String path = options.directory().toString();
      RocksDB rocks =
          writes
              ? RocksDB.open(database, path, descriptors, families)
              : RocksDB.openReadOnly(database, path, descriptors, families);
      return new Database(tuning, rocks, List.copyOf(families));
    } catch (RocksDBException e) {
      tuning.close();
      throw new RocksErrors(options.directory()).opening(e);
    }
  }

  ColumnFamilyHandle records() {
    return families.get(1);
  }

  ColumnFamilyHandle due() {
    return families.get(2);
  }

  ColumnFamilyHandle meta() {
    return families.get(3);
  }

  /** Lines of the audit ledger by their number. */
  ColumnFamilyHandle ledger() {
    return families.get(4);
  }

  byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) throws RocksDBException {
    return rocks.get(family, reading, key);
  }

  /**
   * Reads the beginning of a value.
   *
   * @return the length of the whole value, or {@link RocksDB#NOT_FOUND}
   */
  int getInto(ColumnFamilyHandle family, byte[] key, byte[] beginning) throws RocksDBException {
    return rocks.get(family, reading, key, beginning);
  }

  /** The iterator sees the database as of now, and must be closed. */
  RocksIterator iterate(ColumnFamilyHandle family, ReadOptions options) {
    return rocks.newIterator(family, options);
  }

  void write(WriteBatch batch, boolean sync) throws RocksDBException {
    rocks.write(sync ? synced : lazy, batch);
  }

  /** From now on no table is rewritten on request, and one that is being rewritten is left. */
  void cutPurgesOff() {
    synchronized (purging) {
      purgesAreOver = true;
      purging.forEach(each -> each.setCanceled(true));
    }
  }

  /**
   * Rewrites the tables of all records without what is no longer in force, and begins a new log.
   * Names are keyed hashes, so whatever was touched is spread over all of them.
   *
   * @throws StorageException.Closed if it was cut off: some of the tables are as they were
   */
  void purge() throws RocksDBException, StorageException.Closed {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
        CompactRangeOptions all =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
      begin(all);
      try {
        // A log goes when everything in it is in tables, of all families.
        rocks.flush(flush, families);
        rocks.compactRange(records(), null, null, all);
      } catch (RocksDBException e) {
        if (all.canceled()) {
          throw new StorageException.Closed();
        }
        throw e;
      } finally {
        end(all);
      }
      // Else a log that nothing needs any more may lie there until the next start.
      rocks.disableFileDeletions();
      rocks.enableFileDeletions();
    }
  }

  private void begin(CompactRangeOptions purge) throws StorageException.Closed {
    synchronized (purging) {
      if (purgesAreOver) {
        throw new StorageException.Closed();
      }
      purging.add(purge);
    }
  }

  /** Before it is freed: a native object that is gone must not be told anything. */
  private void end(CompactRangeOptions purge) {
    synchronized (purging) {
      purging.remove(purge);
    }
  }

  void syncLog() throws RocksDBException {
    rocks.syncWal();
  }

  /** Grows with each key written, over all lives of the database. */
  long latestSequenceNumber() {
    return rocks.getLatestSequenceNumber();
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    rocks.close();
    synced.close();
    lazy.close();
    reading.close();
    tuning.close();
  }

  private static byte[] name(String family) {
    return family.getBytes(StandardCharsets.US_ASCII);
  }
}
