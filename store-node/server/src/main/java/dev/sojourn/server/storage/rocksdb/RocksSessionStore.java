package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.FreeSpace;
import dev.sojourn.server.storage.KeyVisitor;
import dev.sojourn.server.storage.LedgerVisitor;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.SpaceWatch;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.server.storage.StoreIdentity;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.codec.CodecException;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RandomSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SessionStore} in one directory, for one process.
 *
 * <p>Column families: {@code records} (key hash to {@link RecordHead} and message), {@code due}
 * ({@link DueIndex}), {@code meta} ({@link StoreMeta}), {@code ledger} ({@link LedgerTable}).
 * RocksDB's own lock keeps a second process out; that every write is conditional all the same is
 * checked by {@link CommitBatch}. The position is RocksDB's sequence number as of the last sync.
 */
public final class RocksSessionStore implements SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(RocksSessionStore.class);

  private final Database database;
  private final HighWaterMark mark;
  private final DueIndex due;
  private final CommitWriter writer;
  private final ReaderPool readers;
  private final LedgerTable ledger;
  private final SpaceWatch space;
  private final StoreListener listener;
  private final StoreMeta meta;
  private final StoreIdentity identity;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RocksSessionStore(
      RocksStoreOptions options,
      Database database,
      SyncedMark syncedMark,
      StoreMeta meta,
      StoreIdentity identity,
      FreeSpace freeSpace,
      StoreListener listener,
      LedgerTable ledger) {
    this.ledger = ledger;
    this.database = database;
    this.meta = meta;
    this.identity = identity;
    this.listener = listener;
    Path directory = options.directory();
    mark = new HighWaterMark(directory);
    due = new DueIndex(database, options.dueBucketMillis());
    space = new SpaceWatch(freeSpace, options.reserveBytes(), listener);
    writer = new CommitWriter(options, database, syncedMark, due, space, listener, ledger);
    readers = new ReaderPool(options.readerThreads(), new RocksErrors(directory), writer::failure);
  }

  /**
   * Opens the store, or creates it where its directory is empty. Takes as long as it takes to read
   * the log of the last life, fractions of a second.
   *
   * @param random for the id of a new store
   * @throws StorageException.Locked if the directory is open already, by anybody
   * @throws StorageException.Corrupt if what was written is not there, or not as it was written
   * @throws StorageException.NewerFormat if a newer release wrote it
   * @throws StorageException.Full if there is no room even to open it
   * @throws StorageException.Io if the directory cannot be made, read or written
   */
  public static RocksSessionStore open(
      RocksStoreOptions options, RandomSource random, StoreListener listener)
      throws StorageException {
    StoreDirectory.prepare(options.directory());
    try {
      return open(options, random, FreeSpace.of(options.directory()), listener);
    } catch (IOException e) {
      throw new StorageException.Io(
          "the directory `" + options.directory() + "` cannot be asked for its free space", e);
    }
  }

  /** As above, with another way to ask for the free space. */
  public static RocksSessionStore open(
      RocksStoreOptions options, RandomSource random, FreeSpace freeSpace, StoreListener listener)
      throws StorageException {
    HighWaterMark mark = new HighWaterMark(options.directory());
    mark.verifyManifest();
    OptionalLong synced = SyncedMark.read(options.directory());
    Database database = Database.open(options, synced);
    StoreMeta meta = new StoreMeta(options.directory(), database);
    StoreIdentity identity;
    SyncedMark syncedMark;
    LedgerTable ledger;
    try {
      mark.verifyPosition(database.latestSequenceNumber(), synced.orElse(0));
      identity = meta.begin(random);
      ledger = LedgerTable.open(options, database);
      mark.raise(database.latestSequenceNumber());
      syncedMark = SyncedMark.open(options.directory());
    } catch (StorageException e) {
      database.close();
      throw e;
    }
    RocksSessionStore store =
        new RocksSessionStore(
            options, database, syncedMark, meta, identity, freeSpace, listener, ledger);
    store.space.check();
    store.writer.start();
    return store;
  }

  @Override
  public StoreIdentity identity() {
    return identity;
  }

  @Override
  public long position() {
    return writer.durablePosition();
  }

  @Override
  public CommitLane openLane(CommitListener commitListener) {
    return writer.openLane(commitListener);
  }

  @Override
  public void load(KeyHash key, StoreCallback<Optional<SessionRecord>> callback) {
    readers.read(() -> read(key), callback);
  }

  @Override
  public void due(long nowMillis, int limit, StoreCallback<List<KeyHash>> callback) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit is at least 1, not " + limit);
    }
    readers.read(
        () -> {
          DueIndex.Found found = due.find(nowMillis, limit);
          if (found.emptyThroughMillis() != null) {
            writer.collect(found.emptyThroughMillis());
          }
          return found.keys();
        },
        callback);
  }

  @Override
  public void forEach(KeyVisitor visitor, StoreCallback<Long> callback) {
    readers.scan(() -> visitAll(visitor), callback);
  }

  @Override
  public void readLedger(LedgerVisitor visitor, StoreCallback<Long> callback) {
    readers.scan(() -> ledger.readAll(visitor, readers::isClosing), callback);
  }

  @Override
  public void purge(StoreCallback<Boolean> callback) {
    readers.rewrite(
        () -> {
          database.purge();
          return true;
        },
        callback);
  }

  @Override
  public int queueDepth() {
    return writer.queueDepth();
  }

  @Override
  public long freeBytes() {
    return space.lastSeenBytes();
  }

  @Override
  public void checkSpace() {
    space.check();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      // It may have hours to go. Whoever asked is told, and asks again in the next life.
      database.cutPurgesOff();
      writer.close();
      readers.close();
      markOrderlyEnd();
      database.close();
    }
  }

  private void markOrderlyEnd() {
    if (writer.failure() != null) {
      return;
    }
    try {
      meta.end(ledger);
      mark.raise(writer.durablePosition());
    } catch (RocksDBException e) {
      LOG.warn(
          "the store is whole, but the next start takes it for one that was cut short: {}",
          e.getMessage());
    } catch (StorageException e) {
      LOG.warn("the store is whole, but its mark of how far it came is old: {}", e.getMessage());
    }
  }

  private Optional<SessionRecord> read(KeyHash key) throws StorageException, RocksDBException {
    long startNanos = System.nanoTime();
    byte[] value = database.get(database.records(), key.value().unsafeArray());
    listener.recordLoaded(value != null, System.nanoTime() - startNanos);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordHead.decodeRecord(value));
    } catch (CodecException e) {
      throw StoredRecordErrors.of(key, e);
    }
  }

  private long visitAll(KeyVisitor visitor) throws StorageException, RocksDBException {
    long visited = 0;
    // Blocks of a scan would push the hot ones out of the cache.
    try (ReadOptions reading =
            new ReadOptions()
                .setVerifyChecksums(true)
                .setFillCache(false)
                .setReadaheadSize(1 << 20);
        RocksIterator records = database.iterate(database.records(), reading)) {
      for (records.seekToFirst(); records.isValid(); records.next()) {
        if (readers.isClosing()) {
          throw new StorageException.Closed();
        }
        visited++;
        if (!visitor.visit(new KeyHash(Bytes.wrap(records.key())))) {
          break;
        }
      }
      records.status();
    }
    return visited;
  }
}
