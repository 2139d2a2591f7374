package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreIdentity;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * What a store knows of itself: its id, how often it was opened, and the layout of the whole. A
 * creation is complete when this is written.
 */
final class StoreMeta {
  /** Of column families and keys. Raised when an older release could not work with a newer one. */
  static final long LAYOUT = 2;

  private static final byte[] STORE_ID = "store-id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INCARNATION = "incarnation".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INTACT_SINCE = "intact-since".getBytes(StandardCharsets.US_ASCII);

  /** There only between an orderly end and the next start. */
  private static final byte[] ENDED = "ended".getBytes(StandardCharsets.US_ASCII);

  static final byte[] LAYOUT_KEY = "layout".getBytes(StandardCharsets.US_ASCII);

  private final Path directory;
  private final Database database;

  StoreMeta(Path directory, Database database) {
    this.directory = directory;
    this.database = database;
  }

  /** Begins a new life of the store, durably, or its first one. */
  StoreIdentity begin(RandomSource random) throws StorageException {
    try {
      byte[] storeId = database.get(database.meta(), STORE_ID);
      if (storeId == null) {
        requireEmpty();
        return write(random.nextBytes(StoreIdentity.STORE_ID_LENGTH), 1, 1);
      }
      long layout = number(LAYOUT_KEY);
      if (layout > LAYOUT) {
        throw new StorageException.NewerFormat(
            "the store in `"
                + directory
                + "` has layout "
                + layout
                + " of a newer release, and this one knows "
                + LAYOUT
                + ": run that release, or a later one");
      }
      if (storeId.length != StoreIdentity.STORE_ID_LENGTH) {
        throw damaged();
      }
      long incarnation = number(INCARNATION) + 1;
      boolean endedInOrder = database.get(database.meta(), ENDED) != null;
      return write(
          Bytes.wrap(storeId), incarnation, endedInOrder ? number(INTACT_SINCE) : incarnation);
    } catch (RocksDBException e) {
      throw new RocksErrors(directory).opening(e);
    }
  }

  /** To be called last, when all that was written is durable. */
  void end(LedgerTable ledger) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      ledger.sign(batch);
      batch.put(database.meta(), ENDED, bytes(1));
      database.write(batch, true);
    }
  }

  private StoreIdentity write(Bytes storeId, long incarnation, long intactSince)
      throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(database.meta(), ENDED);
      batch.put(database.meta(), INTACT_SINCE, bytes(intactSince));
      batch.put(database.meta(), STORE_ID, storeId.unsafeArray());
      batch.put(database.meta(), INCARNATION, bytes(incarnation));
      batch.put(database.meta(), LAYOUT_KEY, bytes(LAYOUT));
      database.write(batch, true);
    }
    return new StoreIdentity(storeId, incarnation, intactSince);
  }

  /** A store without an id that holds records has lost its id: it must not pass for a new one. */
  private void requireEmpty() throws StorageException, RocksDBException {
    try (ReadOptions reading = new ReadOptions();
        RocksIterator records = database.iterate(database.records(), reading)) {
      records.seekToFirst();
      records.status();
      if (records.isValid()) {
        throw damaged();
      }
    }
  }

  private long number(byte[] key) throws StorageException, RocksDBException {
    byte @Nullable [] value = database.get(database.meta(), key);
    if (value == null || value.length != Long.BYTES) {
      throw damaged();
    }
    return ByteBuffer.wrap(value).getLong();
  }

  private StorageException damaged() {
    return new StorageException.Corrupt(
        "the store in `" + directory + "` does not know who it is: restore it from a backup");
  }

  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
