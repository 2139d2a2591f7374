package dev.sojourn.server.storage.rocksdb;

import static dev.sojourn.server.storage.rocksdb.StoreFixture.remove;
import static dev.sojourn.server.storage.rocksdb.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.Answer;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.LaneLog;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreIdentity;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.StoreStatistics;
import dev.sojourn.value.KeyHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksSessionStoreTest {
  private final Path directory;
  private final RandomRecords random = new RandomRecords(11);

  RocksSessionStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldAnswerWhatWasCommittedAndNothingForAKeyNeverWritten() throws Exception {
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      KeyHash key = random.key();
      SessionRecord record = random.record(1);

      fixture.commit(write(key, record));

      assertThat(fixture.load(key)).contains(record);
      assertThat(fixture.load(random.key())).isEmpty();
    }
  }

  @Test
  void shouldForgetARemovedRecordAndTakeItAnewFromRevisionOne() throws Exception {
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      KeyHash key = random.key();
      fixture.commit(write(key, random.record(1)));
      fixture.commit(remove(key, 1));
      assertThat(fixture.load(key)).isEmpty();

      SessionRecord again = random.record(1);
      fixture.commit(write(key, again));

      assertThat(fixture.load(key)).contains(again);
    }
  }

  @Test
  void shouldKeepEveryRecordOverAnOrderlyEnd() throws Exception {
    List<KeyHash> keys = new ArrayList<>();
    List<SessionRecord> records = new ArrayList<>();
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      for (int i = 0; i < 200; i++) {
        keys.add(random.key());
        records.add(random.record(1));
        // Lazy ones too: an orderly end syncs them.
        fixture.submit(i % 2 == 0, write(keys.get(i), records.get(i)));
      }
    }
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      for (int i = 0; i < keys.size(); i++) {
        assertThat(fixture.load(keys.get(i))).as("record %d", i).contains(records.get(i));
      }
    }
  }

  @Test
  void shouldFailForGoodWhenARecordHasAnotherRevisionThanItsWriterBelieves() throws Exception {
    List<StorageException> heard = new ArrayList<>();
    StoreListener listener =
        new StoreListener() {
          @Override
          public void failed(StorageException cause) {
            heard.add(cause);
          }
        };
    KeyHash key = random.key();
    KeyHash beside = random.key();
    try (StoreFixture fixture = StoreFixture.open(StoreFixture.options(directory), listener)) {
      fixture.commit(write(key, random.record(1)));

      fixture.submit(true, write(beside, random.record(1)), write(key, random.record(1)));

      assertThat(fixture.log.awaitFailure()).isInstanceOf(StorageException.Conflict.class);
      assertThatThrownBy(() -> fixture.load(key)).isInstanceOf(StorageException.Conflict.class);
      LaneLog late = new LaneLog();
      fixture
          .store
          .openLane(late)
          .submit(new Commit(1, true, ImmutableList.of(write(key, random.record(2)))));
      assertThat(late.awaitFailure()).isInstanceOf(StorageException.Conflict.class);
    }
    assertThat(heard).hasSize(1);
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      assertThat(fixture.load(beside)).as("half of a refused commit").isEmpty();
    }
  }

  @Test
  void shouldHoldTheConditionAgainstWhatAnEarlierLifeWrote() throws Exception {
    KeyHash key = random.key();
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      fixture.commit(write(key, random.record(1)));
      fixture.commit(write(key, random.record(2)));
    }
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      fixture.commit(write(key, random.record(3)));
    }
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      fixture.submit(true, write(key, random.record(3)));
      assertThat(fixture.log.awaitFailure()).isInstanceOf(StorageException.Conflict.class);
    }
  }

  @Test
  void shouldSyncOnceForAllCommitsThatQueuedUpMeanwhile() throws Exception {
    CountDownLatch firstBatch = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StoreStatistics statistics = new StoreStatistics();
    StoreListener holdingUp =
        new StoreListener() {
          @Override
          public void batchWritten(Batch batch) {
            statistics.batchWritten(batch);
            firstBatch.countDown();
            awaitUninterruptibly(goOn);
          }
        };
    try (StoreFixture fixture = StoreFixture.open(StoreFixture.options(directory), holdingUp)) {
      fixture.submit(true, write(random.key(), random.record(1)));
      awaitUninterruptibly(firstBatch);

      List<LaneLog> logs = new ArrayList<>();
      for (int shard = 0; shard < 4; shard++) {
        LaneLog log = new LaneLog();
        logs.add(log);
        CommitLane lane = fixture.store.openLane(log);
        for (int seq = 1; seq <= 250; seq++) {
          lane.submit(
              new Commit(seq, true, ImmutableList.of(write(random.key(), random.record(1)))));
        }
      }
      assertThat(fixture.store.queueDepth()).isEqualTo(1_000);
      goOn.countDown();

      for (LaneLog log : logs) {
        log.awaitCommitted(250);
        assertThat(log.committed()).containsExactly(250L);
      }
    }
    assertThat(statistics.commits()).isEqualTo(1_001);
    assertThat(statistics.syncs()).isEqualTo(2);
    assertThat(statistics.batchCommitsMax()).isEqualTo(1_000);
  }

  @Test
  void shouldNotSyncForLazyCommitsAlone() throws Exception {
    StoreStatistics statistics = new StoreStatistics();
    try (StoreFixture fixture = StoreFixture.open(StoreFixture.options(directory), statistics)) {
      fixture.log.awaitCommitted(fixture.submit(false, write(random.key(), random.record(1))));
      fixture.log.awaitCommitted(fixture.submit(false, write(random.key(), random.record(1))));
    }
    assertThat(statistics.commits()).isEqualTo(2);
    assertThat(statistics.syncs()).isZero();
  }

  @Test
  void shouldTellCommitsInTheOrderOfTheirLane() throws Exception {
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      KeyHash key = random.key();
      for (int revision = 1; revision <= 500; revision++) {
        fixture.submit(revision % 3 == 0, write(key, random.record(revision)));
      }
      fixture.log.awaitCommitted(500);

      assertThat(fixture.log.committed()).isSorted().doesNotHaveDuplicates();
      assertThat(fixture.load(key)).get().extracting(SessionRecord::revision).isEqualTo(500L);
      assertThatThrownBy(() -> fixture.lane.submit(new Commit(500, true, ImmutableList.of())))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldKeepItsIdAndCountItsLives() throws Exception {
    StoreIdentity first;
    long position;
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      first = fixture.store.identity();
      position = fixture.store.position();
      fixture.commit(write(random.key(), random.record(1)));
      assertThat(fixture.store.position()).isGreaterThan(position);
      position = fixture.store.position();
    }
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      assertThat(first.incarnation()).isEqualTo(1);
      assertThat(fixture.store.identity()).isEqualTo(new StoreIdentity(first.storeId(), 2, 1));
      assertThat(fixture.store.position()).isGreaterThan(position);
    }
    try (StoreFixture other = StoreFixture.open(directory.resolve("other"))) {
      assertThat(other.store.identity().storeId()).isNotEqualTo(first.storeId());
    }
  }

  @Test
  void shouldCountOnlyWhatIsDurableAsItsPosition() throws Exception {
    RocksStoreOptions options = StoreFixture.options(directory).withSyncMillisMax(600_000);
    try (StoreFixture fixture = StoreFixture.open(options, StoreListener.NONE)) {
      long position = fixture.store.position();
      fixture.log.awaitCommitted(fixture.submit(false, write(random.key(), random.record(1))));
      assertThat(fixture.store.position()).isEqualTo(position);

      fixture.commit();

      assertThat(fixture.store.position()).isGreaterThan(position);
    }
  }

  @Test
  void shouldSyncByItselfWhatAskedForNoSync() throws Exception {
    RocksStoreOptions options = StoreFixture.options(directory).withSyncMillisMax(1);
    try (StoreFixture fixture = StoreFixture.open(options, StoreListener.NONE)) {
      for (int i = 0; i < 3; i++) {
        long position = fixture.store.position();
        fixture.submit(false, write(random.key(), random.record(1)));

        while (fixture.store.position() == position) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void shouldShowEveryKeyOnceUntilTheVisitorHasEnough() throws Exception {
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      Set<KeyHash> keys = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        KeyHash key = random.key();
        keys.add(key);
        fixture.commit(write(key, random.record(1)));
      }
      List<KeyHash> seen = new ArrayList<>();
      Answer<Long> all = new Answer<>();
      fixture.store.forEach(seen::add, all);
      Answer<Long> one = new Answer<>();
      assertThat(all.await()).isEqualTo(300);
      fixture.store.forEach(key -> false, one);

      assertThat(one.await()).isEqualTo(1);
      assertThat(seen).hasSize(300);
      assertThat(new HashSet<>(seen)).isEqualTo(keys);
    }
  }

  @Test
  void shouldAnswerThatItIsClosed() throws Exception {
    StoreFixture fixture = StoreFixture.open(directory);
    fixture.commit(write(random.key(), random.record(1)));
    fixture.close();
    fixture.close();

    fixture.submit(true, write(random.key(), random.record(1)));

    assertThat(fixture.log.awaitFailure()).isInstanceOf(StorageException.Closed.class);
    assertThatThrownBy(() -> fixture.load(random.key()))
        .isInstanceOf(StorageException.Closed.class);
    assertThatThrownBy(() -> fixture.due(1, 1)).isInstanceOf(StorageException.Closed.class);
  }

  @Test
  void shouldAnswerEverythingSubmittedBeforeItsEnd() throws Exception {
    LaneLog log;
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      log = fixture.log;
      for (int i = 0; i < 500; i++) {
        fixture.submit(true, write(random.key(), random.record(1)));
      }
    }
    log.awaitCommitted(500);
    assertThat(log.hasFailed()).isFalse();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
