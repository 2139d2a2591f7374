package dev.sojourn.server.storage.rocksdb;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.Answer;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.LaneLog;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.KeyHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in a directory of a test, with one lane, and with verbs that wait. */
final class StoreFixture implements AutoCloseable {
  static final long NEVER = Long.MAX_VALUE;
  private static final AtomicInteger SEED = new AtomicInteger();

  final RocksSessionStore store;
  final LaneLog log = new LaneLog();
  final CommitLane lane;
  private long seq;

  private StoreFixture(RocksSessionStore store) {
    this.store = store;
    this.lane = store.openLane(log);
  }

  static StoreFixture open(Path directory) throws StorageException {
    return open(options(directory), StoreListener.NONE);
  }

  static StoreFixture open(RocksStoreOptions options, StoreListener listener)
      throws StorageException {
    return new StoreFixture(
        RocksSessionStore.open(options, new SeededBytes(SEED.incrementAndGet()), listener));
  }

  /** Small, so that many stores fit into one test run. */
  static RocksStoreOptions options(Path directory) {
    return RocksStoreOptions.in(directory)
        .withBlockCacheBytes(4 << 20)
        .withMemtableBytes(1 << 20)
        .withReserveBytes(0);
  }

  static RecordWrite write(KeyHash key, SessionRecord record) {
    return write(key, record, NEVER);
  }

  static RecordWrite write(KeyHash key, SessionRecord record, long dueAtMillis) {
    return new RecordWrite(key, record.revision() - 1, Optional.of(record), dueAtMillis);
  }

  static RecordWrite remove(KeyHash key, long expectedRevision) {
    return new RecordWrite(key, expectedRevision, Optional.empty(), NEVER);
  }

  long submit(boolean synced, RecordWrite... writes) {
    seq++;
    lane.submit(new Commit(seq, synced, ImmutableList.copyOf(writes)));
    return seq;
  }

  /** Writes and waits until it is durable. */
  void commit(RecordWrite... writes) {
    log.awaitCommitted(submit(true, writes));
  }

  Optional<SessionRecord> load(KeyHash key) throws StorageException {
    Answer<Optional<SessionRecord>> answer = new Answer<>();
    store.load(key, answer);
    return answer.await();
  }

  List<KeyHash> due(long nowMillis, int limit) throws StorageException {
    Answer<List<KeyHash>> answer = new Answer<>();
    store.due(nowMillis, limit, answer);
    return answer.await();
  }

  @Override
  public void close() {
    store.close();
  }
}
