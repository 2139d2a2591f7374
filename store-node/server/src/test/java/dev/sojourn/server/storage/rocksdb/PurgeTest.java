package dev.sojourn.server.storage.rocksdb;

import static dev.sojourn.server.storage.rocksdb.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.server.storage.Answer;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.StorageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is being rewritten, which takes long where there is much in it. */
class PurgeTest {
  private static final int RECORDS = 60_000;
  private static final int AT_ONCE = 2_000;

  @Test
  void shouldBeCutOffByClosingAndBegunAnewInTheNextLife(@TempDir Path directory) throws Exception {
    Answer<Boolean> cutOff = new Answer<>();
    try (StoreFixture fixture = filled(directory)) {
      fixture.store.purge(cutOff);
      awaitRewriting();
    }
    assertThatThrownBy(cutOff::await).isInstanceOf(StorageException.Closed.class);

    try (StoreFixture again = StoreFixture.open(directory)) {
      Answer<Boolean> purged = new Answer<>();
      again.store.purge(purged);
      assertThat(purged.await()).isTrue();
    }
  }

  @Test
  void shouldNotKeepAWalkOverTheStoreWaiting(@TempDir Path directory) throws Exception {
    try (StoreFixture fixture = filled(directory)) {
      fixture.store.purge(new Answer<>());
      awaitRewriting();
      AtomicBoolean wasRewriting = new AtomicBoolean();
      Answer<Long> walked = new Answer<>();
      fixture.store.forEach(
          key -> {
            wasRewriting.set(isRewriting());
            return false;
          },
          walked);
      assertThat(walked.await()).isEqualTo(1);
      assertThat(wasRewriting).isTrue();
    }
  }

  @Test
  void shouldRefuseToBeginOnceTheStoreIsClosed(@TempDir Path directory) throws Exception {
    StoreFixture fixture = StoreFixture.open(directory);
    fixture.close();
    Answer<Boolean> late = new Answer<>();
    fixture.store.purge(late);
    assertThatThrownBy(late::await).isInstanceOf(StorageException.Closed.class);
  }

  private static StoreFixture filled(Path directory) throws StorageException {
    StoreFixture fixture = StoreFixture.open(directory);
    RandomRecords random = new RandomRecords(3);
    for (int i = 0; i < RECORDS; i += AT_ONCE) {
      RecordWrite[] writes = new RecordWrite[AT_ONCE];
      for (int j = 0; j < AT_ONCE; j++) {
        writes[j] = write(random.key(), random.owned(1));
      }
      fixture.commit(writes);
    }
    return fixture;
  }

  private static void awaitRewriting() {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isRewriting()) {
      if (System.nanoTime() > endNanos) {
        throw new AssertionError("nothing is rewritten");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /** Whether RocksDB is at it just now. */
  private static boolean isRewriting() {
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      if (each.getKey().getName().equals("sojourn-store-rewriter")) {
        for (StackTraceElement frame : each.getValue()) {
          if (frame.getMethodName().equals("compactRange")) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
