package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Encodes a shard's commits on the shard's thread and queues them for the writer. */
final class RocksLane implements CommitLane {
  /** About as long as a line of the ledger. */
  private static final int LEDGER_LINE_BYTES = 400;

  private final WorkQueue queue;
  private final DueIndex due;
  private final CommitListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();
  private long lastSeq = Long.MIN_VALUE;

  RocksLane(WorkQueue queue, DueIndex due, CommitListener listener) {
    this.queue = queue;
    this.due = due;
    this.listener = listener;
  }

  @Override
  public void submit(Commit commit) {
    if (commit.seq() <= lastSeq) {
      throw new IllegalArgumentException(
          "commit " + commit.seq() + " comes after commit " + lastSeq + " of the same lane");
    }
    lastSeq = commit.seq();
    List<Work.EncodedWrite> writes = new ArrayList<>(commit.writes().size());
    long bytes = (long) LEDGER_LINE_BYTES * commit.entries().size();
    for (RecordWrite write : commit.writes()) {
      Work.EncodedWrite encoded = encode(write);
      bytes += 64 + (encoded.value() == null ? 0 : encoded.value().length);
      writes.add(encoded);
    }
    if (!queue.offer(
        new Work.Submission(
            this, commit.seq(), commit.synced(), writes, commit.entries(), bytes))) {
      failed(new StorageException.Closed());
    }
  }

  private Work.EncodedWrite encode(RecordWrite write) {
    if (write.record().isEmpty()) {
      return new Work.EncodedWrite(write.key(), write.expectedRevision(), RecordHead.NONE, null);
    }
    SessionRecord record = write.record().get();
    RecordHead head =
        new RecordHead(write.expectedRevision() + 1, due.bucketOf(write.dueAtMillis()));
    return new Work.EncodedWrite(
        write.key(), write.expectedRevision(), head, RecordHead.encode(head, record));
  }

  void committed(long throughSeq) {
    listener.committed(throughSeq);
  }

  void failed(StorageException cause) {
    if (failed.compareAndSet(false, true)) {
      listener.failed(cause);
    }
  }
}
