package dev.sojourn.server.storage.rocksdb;

import static dev.sojourn.server.storage.rocksdb.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.LaneLog;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.KeyHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class FullDiskTest {
  private final RandomRecords random = new RandomRecords(21);

  @Test
  void shouldSayFullWhenTheDiskIsFullAndHoldWhatItAcknowledged(@TempDir Path directory)
      throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", directory.toString()))
        .as("a small file system can be mounted here; needs root")
        .isZero();
    try {
      fillUp(directory);
    } finally {
      run("umount", directory.toString());
    }
  }

  @Test
  void shouldTellOfItsReserveWithTheNextBatchAndOfRoomWithTheNextTick(@TempDir Path directory)
      throws Exception {
    AtomicLong freeBytes = new AtomicLong(1_000);
    BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
    StoreListener listener =
        new StoreListener() {
          @Override
          public void spaceChanged(boolean writable) {
            told.add(writable);
          }
        };
    try (RocksSessionStore store =
        RocksSessionStore.open(
            StoreFixture.options(directory).withReserveBytes(400),
            new SeededBytes(1),
            freeBytes::get,
            listener)) {
      freeBytes.set(399);
      // What ends well is written out of the reserve; the core decides what that is.
      store
          .openLane(new LaneLog())
          .submit(new Commit(1, true, ImmutableList.of(write(random.key(), random.owned(1)))));
      assertThat(told.poll(60, TimeUnit.SECONDS)).isFalse();
      assertThat(store.freeBytes()).isEqualTo(399);

      freeBytes.set(500);
      store.checkSpace();

      assertThat(told.poll(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldTakeNoSpaceLeftForAFullDiskHoweverRocksSaysIt() {
    RocksErrors errors = new RocksErrors(Path.of("store"));

    assertThat(
            errors.running(
                new RocksDBException(
                    new Status(Status.Code.IOError, Status.SubCode.NoSpace, "while appending"))))
        .isInstanceOf(StorageException.Full.class);
    assertThat(errors.running(new RocksDBException("IO error: No space left on device: x.log")))
        .isInstanceOf(StorageException.Full.class);
  }

  private void fillUp(Path directory) throws Exception {
    List<KeyHash> keys = new ArrayList<>();
    List<SessionRecord> records = new ArrayList<>();
    StorageException cause;
    int acknowledged = 0;
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      while (!fixture.log.hasFailed()) {
        keys.add(random.key());
        records.add(random.owned(1));
        fixture.submit(true, write(keys.get(keys.size() - 1), records.get(records.size() - 1)));
        if (keys.size() % 100 == 0) {
          acknowledged = lastAcknowledged(fixture, keys.size());
        }
      }
      cause = fixture.log.awaitFailure();
      List<Long> committed = fixture.log.committed();
      acknowledged = (int) (long) committed.get(committed.size() - 1);
    }
    assertThat(cause).isInstanceOf(StorageException.Full.class);
    assertThat(acknowledged).isPositive();
    // Room again: RocksDB's old logs of operation go, and everything acknowledged is there.
    assertThat(run("mount", "-o", "remount,size=64m", directory.toString())).isZero();
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      for (int i = 0; i < acknowledged; i++) {
        assertThat(fixture.load(keys.get(i))).as("record %d", i).contains(records.get(i));
      }
    }
  }

  /** Waits for the queue, so that the test does not run ahead of the disk; or for the failure. */
  private static int lastAcknowledged(StoreFixture fixture, int submitted) {
    while (!fixture.log.hasFailed()) {
      List<Long> committed = fixture.log.committed();
      if (!committed.isEmpty() && committed.get(committed.size() - 1) >= submitted) {
        return submitted;
      }
      Thread.onSpinWait();
    }
    return 0;
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
