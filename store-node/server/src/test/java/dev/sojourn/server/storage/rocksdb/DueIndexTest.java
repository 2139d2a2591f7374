package dev.sojourn.server.storage.rocksdb;

import static dev.sojourn.server.storage.rocksdb.StoreFixture.NEVER;
import static dev.sojourn.server.storage.rocksdb.StoreFixture.remove;
import static dev.sojourn.server.storage.rocksdb.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.KeyHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueIndexTest {
  private static final long BUCKET_MILLIS = 10;

  private final Path directory;
  private final RandomRecords random = new RandomRecords(5);

  DueIndexTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** The slow twin: every record with its revision and its due instant, looked through in full. */
  private record Entry(long revision, long dueAtMillis) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldTellWhatAListOfAllRecordsWouldTell(long seed) throws Exception {
    SplittableRandom choice = new SplittableRandom(seed);
    List<KeyHash> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      keys.add(random.key());
    }
    Map<KeyHash, Entry> model = new TreeMap<>();
    StoreFixture fixture = open();
    try {
      for (long nowMillis = 0; nowMillis < 20_000; nowMillis += choice.nextInt(100)) {
        KeyHash key = keys.get(choice.nextInt(keys.size()));
        Entry before = model.getOrDefault(key, new Entry(0, NEVER));
        int what = choice.nextInt(20);
        if (what == 0) {
          fixture.close();
          fixture = open();
        } else if (what < 4) {
          if (model.remove(key) != null) {
            fixture.commit(remove(key, before.revision()));
          }
        } else if (what < 14) {
          // Some of it due in the past, some never, most within the next buckets.
          long due = choice.nextInt(10) == 0 ? NEVER : nowMillis + choice.nextInt(-500, 3_000);
          Entry after = new Entry(before.revision() + 1, due);
          model.put(key, after);
          fixture.commit(write(key, random.owned(after.revision()), due));
        } else {
          assertThat(allDue(fixture, nowMillis))
              .as("seed %d at %d", seed, nowMillis)
              .isEqualTo(expected(model, nowMillis));
        }
      }
    } finally {
      fixture.close();
    }
  }

  @Test
  void shouldGoOnBehindTheLastKeyToldSoThatNoneHidesTheOthers() throws Exception {
    try (StoreFixture fixture = open()) {
      Set<KeyHash> all = new HashSet<>();
      for (int i = 0; i < 7; i++) {
        KeyHash key = random.key();
        all.add(key);
        fixture.commit(write(key, random.owned(1), 5));
      }

      List<KeyHash> first = fixture.due(100, 3);
      List<KeyHash> second = fixture.due(100, 3);
      List<KeyHash> third = fixture.due(100, 3);

      assertThat(first).hasSize(3);
      assertThat(second).hasSize(3);
      assertThat(third).hasSize(1);
      Set<KeyHash> told = new HashSet<>(first);
      told.addAll(second);
      told.addAll(third);
      assertThat(told).isEqualTo(all);
      assertThat(fixture.due(100, 3)).as("anew").isEqualTo(first);
    }
  }

  @Test
  void shouldTellARecordNotBeforeItsInstantAndAtTheEndOfItsBucket() throws Exception {
    try (StoreFixture fixture = open()) {
      KeyHash key = random.key();
      fixture.commit(write(key, random.owned(1), 101));

      assertThat(fixture.due(100, 10)).isEmpty();
      assertThat(fixture.due(109, 10)).isEmpty();
      assertThat(fixture.due(110, 10)).containsExactly(key);
    }
  }

  @Test
  void shouldFindARecordThatFallsDueBelowWhatWasCollected() throws Exception {
    try (StoreFixture fixture = open()) {
      KeyHash early = random.key();
      fixture.commit(write(early, random.owned(1), 50));
      assertThat(fixture.due(100_000, 10)).containsExactly(early);
      fixture.commit(remove(early, 1));
      // Empty through here, and collected behind the answer.
      assertThat(fixture.due(100_000, 10)).isEmpty();

      KeyHash late = random.key();
      fixture.commit(write(late, random.owned(1), 60));

      assertThat(fixture.due(100_000, 10)).containsExactly(late);
    }
    try (StoreFixture fixture = open()) {
      assertThat(fixture.due(100_000, 10)).as("after a start").hasSize(1);
    }
  }

  private StoreFixture open() throws Exception {
    return StoreFixture.open(
        StoreFixture.options(directory).withDueBucketMillis(BUCKET_MILLIS), StoreListener.NONE);
  }

  private static Set<KeyHash> allDue(StoreFixture fixture, long nowMillis) throws Exception {
    Set<KeyHash> told = new HashSet<>();
    List<KeyHash> some;
    do {
      some = fixture.due(nowMillis, 7);
      for (KeyHash key : some) {
        assertThat(told.add(key)).as("told twice: %s", key).isTrue();
      }
    } while (some.size() == 7);
    return told;
  }

  private static Set<KeyHash> expected(Map<KeyHash, Entry> model, long nowMillis) {
    Set<KeyHash> due = new HashSet<>();
    for (var entry : model.entrySet()) {
      long at = entry.getValue().dueAtMillis();
      if (at != NEVER
          && Math.ceil(Math.max(0, at) / (double) BUCKET_MILLIS) * BUCKET_MILLIS <= nowMillis) {
        due.add(entry.getKey());
      }
    }
    return due;
  }
}
