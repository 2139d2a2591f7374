package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.ledger.LedgerChain;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What may be chosen about a store on RocksDB. None of it is remembered by the store: another value
 * may be given at each start.
 *
 * @param directory of the database, and of nothing else; made if it does not exist
 * @param reserveBytes free space that is kept for giving sessions away and for ending well (R8)
 * @param blockCacheBytes memory for blocks read from disk
 * @param memtableBytes memory for records not yet in a table file, twice this at most
 * @param logBytesMax when the logs together pass this, tables are written and old logs go: bounds
 *     the time of a start after a crash, 0.3 to 0.4 s for 64 MiB
 * @param readerThreads how many reads go to the disk at a time
 * @param syncMillisMax for how long at most what was written lazily may wait for a sync
 * @param ledger who signs the audit ledger; without, a commit may have no entries for it
 * @param dueBucketMillis width of a bucket of the due index: how late a due record may be told
 */
public record RocksStoreOptions(
    Path directory,
    long reserveBytes,
    long blockCacheBytes,
    long memtableBytes,
    long logBytesMax,
    int readerThreads,
    long syncMillisMax,
    long dueBucketMillis,
    Optional<LedgerChain.Signer> ledger) {
  public RocksStoreOptions {
    if (readerThreads < 1 || dueBucketMillis < 1 || syncMillisMax < 1 || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "a store needs a reader, buckets and pauses longer than nothing and no negative reserve");
    }
  }

  public static RocksStoreOptions in(Path directory) {
    return new RocksStoreOptions(
        directory, 64L << 20, 64L << 20, 16L << 20, 64L << 20, 8, 1_000, 1_000, Optional.empty());
  }

  public RocksStoreOptions withReserveBytes(long bytes) {
    return new RocksStoreOptions(
        directory,
        bytes,
        blockCacheBytes,
        memtableBytes,
        logBytesMax,
        readerThreads,
        syncMillisMax,
        dueBucketMillis,
        ledger);
  }

  public RocksStoreOptions withBlockCacheBytes(long bytes) {
    return new RocksStoreOptions(
        directory,
        reserveBytes,
        bytes,
        memtableBytes,
        logBytesMax,
        readerThreads,
        syncMillisMax,
        dueBucketMillis,
        ledger);
  }

  public RocksStoreOptions withMemtableBytes(long bytes) {
    return new RocksStoreOptions(
        directory,
        reserveBytes,
        blockCacheBytes,
        bytes,
        logBytesMax,
        readerThreads,
        syncMillisMax,
        dueBucketMillis,
        ledger);
  }

  public RocksStoreOptions withSyncMillisMax(long millis) {
    return new RocksStoreOptions(
        directory,
        reserveBytes,
        blockCacheBytes,
        memtableBytes,
        logBytesMax,
        readerThreads,
        millis,
        dueBucketMillis,
        ledger);
  }

  public RocksStoreOptions withDueBucketMillis(long millis) {
    return new RocksStoreOptions(
        directory,
        reserveBytes,
        blockCacheBytes,
        memtableBytes,
        logBytesMax,
        readerThreads,
        syncMillisMax,
        millis,
        ledger);
  }

  public RocksStoreOptions withLedger(LedgerChain.Signer signer) {
    return new RocksStoreOptions(
        directory,
        reserveBytes,
        blockCacheBytes,
        memtableBytes,
        logBytesMax,
        readerThreads,
        syncMillisMax,
        dueBucketMillis,
        Optional.of(signer));
  }
}
