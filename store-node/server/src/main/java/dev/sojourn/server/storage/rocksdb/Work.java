package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.value.KeyHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the writer's thread is asked to do. */
sealed interface Work {
  /** About how many bytes it adds to a batch. */
  long sizeBytes();

  /** A commit, encoded by the thread that submitted it, so that the writer only writes. */
  record Submission(
      RocksLane lane,
      long seq,
      boolean synced,
      List<EncodedWrite> writes,
      List<LedgerEntry> entries,
      long sizeBytes)
      implements Work {}

  /** Due buckets that end at or before this instant seem to be empty: look, and delete them. */
  record Collection(long throughMillis) implements Work {
    @Override
    public long sizeBytes() {
      return 0;
    }
  }

  /**
   * @param head as it will be; {@link RecordHead#NONE} to remove the record
   * @param value null to remove the record
   */
  record EncodedWrite(
      KeyHash key, long expectedRevision, RecordHead head, byte @Nullable [] value) {}
}
