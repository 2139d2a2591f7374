package dev.sojourn.server.storage.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;

/**
 * How RocksDB is set up for small point reads and for writes that must not get lost. Owns the
 * native objects; to be closed after the database.
 *
 * <h2>The log, and why it is not recycled</h2>
 *
 * Writing into recycled log files makes a sync about 1.4 times as fast, since the file does not
 * grow. But the end of a recycled log looks like a damaged entry, the remains of its earlier life,
 * so recovery has to stop in silence at the first damaged entry; and if that entry lies in the
 * middle, acknowledged commits behind it are gone and nobody is told. (RocksDB itself turns
 * recycling off in the modes that would promise more.) We promise that nothing acknowledged is
 * silently dropped, so logs are not recycled. What a damaged log is forgiven, {@link Database}
 * decides when it opens it.
 */
final class RocksTuning implements AutoCloseable {
  private static final long KIB = 1024;

  private final List<AbstractNativeReference> owned = new ArrayList<>();
  private final RocksStoreOptions options;
  private final Cache blockCache;

  RocksTuning(RocksStoreOptions options) {
    this.options = options;
    // An estimated entry charge of 0 lets the cache size its own table. 1.2 times the LRU cache.
    this.blockCache = own(new HyperClockCache(options.blockCacheBytes(), 0, -1, false));
  }

  DBOptions database(boolean create, boolean directReads) {
    return own(basic())
        .setCreateIfMissing(create)
        // Also finishes a creation that a crash cut short; see StoreDirectory.
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setRecycleLogFileNum(0)
        .setMaxTotalWalSize(options.logBytesMax())
        // Table readers keep their index and filters in memory: 6 bytes a session.
        .setMaxOpenFiles(1024)
        // The hot part is in the core's memory and in the block cache. Reading past the page cache
        // has no long tail, and a second copy in memory helps nobody.
        .setUseDirectReads(directReads)
        .setUseDirectIoForFlushAndCompaction(directReads)
        // Spreads the writing of table files, so that a sync of the log does not wait behind them.
        .setBytesPerSync(KIB * KIB)
        .setMaxBackgroundJobs(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(4)
        .setMaxLogFileSize(KIB * KIB)
        .setStatsDumpPeriodSec(0);
  }

  ColumnFamilyOptions records() {
    return family()
        .setWriteBufferSize(options.memtableBytes())
        // A new session looks for a record that is not there: answered without a search.
        .setMemtablePrefixBloomSizeRatio(0.02)
        .setMemtableWholeKeyFiltering(true)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  /** Keys only, short-lived, read in order. */
  ColumnFamilyOptions due() {
    return family()
        .setWriteBufferSize(Math.max(256 * KIB, options.memtableBytes() / 4))
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  /** Written in order, and read as a whole if ever. */
  ColumnFamilyOptions ledger() {
    return family()
        .setWriteBufferSize(Math.max(256 * KIB, options.memtableBytes() / 4))
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  /** A handful of values. */
  ColumnFamilyOptions meta() {
    return family().setWriteBufferSize(256 * KIB);
  }

  /** A switch that the Java interface has no method for. */
  private static DBOptions basic() {
    Properties named = new Properties();
    // A log file that was synced and is gone, or shorter than it was, refuses the start.
    named.setProperty("track_and_verify_wals_in_manifest", "true");
    DBOptions parsed = DBOptions.getDBOptionsFromProps(named);
    if (parsed == null) {
      throw new IllegalStateException("this RocksDB does not track its logs: wrong version?");
    }
    return parsed;
  }

  private ColumnFamilyOptions family() {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            .setBlockSize(4 * KIB)
            .setFilterPolicy(own(new BloomFilter(10)))
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setDataBlockHashTableUtilRatio(0.75)
            .setChecksumType(ChecksumType.kXXH3);
    return own(new ColumnFamilyOptions()).setTableFormatConfig(table);
  }

  private <T extends AbstractNativeReference> T own(T nativeObject) {
    owned.add(nativeObject);
    return nativeObject;
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).close();
    }
  }
}
