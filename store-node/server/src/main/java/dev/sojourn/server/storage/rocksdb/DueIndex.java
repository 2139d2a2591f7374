package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * Finds records whose time has come without looking at any other.
 *
 * <h2>Layout</h2>
 *
 * One entry without a value for each record that has a due instant: the end of its bucket (8 bytes,
 * big-endian, so that entries lie in the order of time), then its key. The bucket's end is the due
 * instant rounded up, so an entry whose bucket has ended is due, and nobody has to look into the
 * record. The record's head names its bucket; record and entry are written in one batch by one
 * thread, so that there is never more or less than that one entry. A session that is written more
 * often than once a bucket leaves its entry where it is.
 *
 * <h2>Collection</h2>
 *
 * Entries that were dealt with leave their graves behind, and a scan from the beginning of time
 * would walk over all of them. So buckets found empty go by one range delete, and scans begin above
 * it ({@code floor}). Only the writer's thread deletes, after a look of its own: nothing can be put
 * into a bucket between the look and the delete.
 */
final class DueIndex {
  static final long NEVER = Long.MAX_VALUE;
  private static final int KEY_LENGTH = Long.BYTES + KeyHash.LENGTH;

  /** So many buckets are collected at once at least: a range delete is not free to walk over. */
  private static final int COLLECTED_BUCKETS_MIN = 60;

  private final Database database;
  private final long bucketMillis;

  /** No entry lies below it. Written by the writer's thread alone. */
  private volatile long floor;

  /** The last key told, or null to start anew. */
  private byte @Nullable [] cursor;

  DueIndex(Database database, long bucketMillis) {
    this.database = database;
    this.bucketMillis = bucketMillis;
  }

  /**
   * @param keys that are due
   * @param emptyThroughMillis buckets up to there look empty, and are enough to be collected
   */
  record Found(List<KeyHash> keys, @Nullable Long emptyThroughMillis) {}

  /** The end of the bucket of this instant. */
  long bucketOf(long dueAtMillis) {
    if (dueAtMillis > NEVER - bucketMillis) {
      return NEVER;
    }
    long due = Math.max(0, dueAtMillis);
    return (due + bucketMillis - 1) / bucketMillis * bucketMillis;
  }

  /** Moves a record's entry. For the writer's thread. */
  void move(KeyHash key, RecordHead from, RecordHead to, WriteBatch batch) throws RocksDBException {
    if (from.dueBucket() == to.dueBucket()) {
      return;
    }
    if (from.dueBucket() != NEVER) {
      batch.delete(database.due(), entry(from.dueBucket(), key));
    }
    if (to.dueBucket() != NEVER) {
      batch.put(database.due(), entry(to.dueBucket(), key), new byte[0]);
      if (to.dueBucket() < floor) {
        floor = to.dueBucket();
      }
    }
  }

  synchronized Found find(long nowMillis, int limit) throws RocksDBException {
    boolean fromTheStart = cursor == null;
    List<KeyHash> keys = new ArrayList<>();
    long firstBucket = nowMillis;
    try (Slice end = new Slice(bound(nowMillis + 1));
        ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
        RocksIterator entries = database.iterate(database.due(), reading)) {
      entries.seek(cursor == null ? bound(floor) : cursor);
      if (cursor != null && entries.isValid() && Arrays.equals(entries.key(), cursor)) {
        entries.next();
      }
      byte[] last = null;
      while (entries.isValid() && keys.size() < limit) {
        last = entries.key();
        if (keys.isEmpty()) {
          firstBucket = ByteBuffer.wrap(last).getLong();
        }
        keys.add(new KeyHash(Bytes.wrap(Arrays.copyOfRange(last, Long.BYTES, KEY_LENGTH))));
        entries.next();
      }
      entries.status();
      cursor = keys.size() < limit ? null : last;
    }
    boolean worthCollecting =
        fromTheStart && firstBucket - floor >= COLLECTED_BUCKETS_MIN * bucketMillis;
    return new Found(keys, worthCollecting ? firstBucket : null);
  }

  /** Deletes all buckets that end before {@code throughMillis} and are empty. For the writer. */
  void collect(long throughMillis, WriteBatch batch) throws RocksDBException {
    long end = throughMillis;
    try (ReadOptions reading = new ReadOptions();
        RocksIterator entries = database.iterate(database.due(), reading)) {
      entries.seek(bound(floor));
      entries.status();
      if (entries.isValid()) {
        end = Math.min(end, ByteBuffer.wrap(entries.key()).getLong());
      }
    }
    if (end > floor) {
      batch.deleteRange(database.due(), bound(floor), bound(end));
      floor = end;
    }
  }

  private static byte[] entry(long bucket, KeyHash key) {
    return ByteBuffer.allocate(KEY_LENGTH).putLong(bucket).put(key.value().unsafeArray()).array();
  }

  /** Before every entry of the bucket. */
  private static byte[] bound(long bucket) {
    return StoreMeta.bytes(Math.max(0, bucket));
  }
}
