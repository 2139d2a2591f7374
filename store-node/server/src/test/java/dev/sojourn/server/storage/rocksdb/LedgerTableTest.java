package dev.sojourn.server.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.server.ledger.LedgerChain;
import dev.sojourn.server.ledger.LedgerFile;
import dev.sojourn.server.ledger.LedgerKey;
import dev.sojourn.server.storage.Answer;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** The ledger in a real store: whole after every start, however the last life ended. */
class LedgerTableTest {
  private final LedgerKey key = LedgerKey.fresh();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldGoOnWithTheChainAfterAStart() throws Exception {
    Path directory = folder.resolve("store");
    try (StoreFixture fixture = open(directory)) {
      assertThat(read(fixture)).isEmpty();
      commit(fixture, 1, 1);
      commit(fixture, 2, 2, 3);
      assertWhole(read(fixture), 3);
    }
    try (StoreFixture fixture = open(directory)) {
      commit(fixture, 1, 4);
      assertWhole(read(fixture), 4);
    }
  }

  /** The files as a crash of the machine would leave them: nothing is closed. */
  @Test
  void shouldBeWholeAfterACrash() throws Exception {
    Path directory = folder.resolve("store");
    Path crashed = folder.resolve("crashed");
    try (StoreFixture fixture = open(directory)) {
      for (int i = 1; i <= 20; i++) {
        commit(fixture, i, i);
      }
      copy(directory, crashed);
    }
    try (StoreFixture fixture = open(crashed)) {
      assertWhole(read(fixture), 20);
      commit(fixture, 1, 21);
      assertWhole(read(fixture), 21);
    }
  }

  /** A crash in the middle of the last batch: of its record and its entry neither is there. */
  @Test
  void shouldLoseAnEntryOnlyTogetherWithItsAct() throws Exception {
    Path directory = folder.resolve("store");
    Path crashed = folder.resolve("crashed");
    try (StoreFixture fixture = open(directory)) {
      commit(fixture, 1, 1);
      copy(directory, crashed);
      long before = log(directory).toFile().length();
      commit(fixture, 2, 2);
      byte[] whole = Files.readAllBytes(log(directory));
      for (long end = before; end < whole.length; end += 40) {
        Path cut = folder.resolve("cut" + end);
        copy(crashed, cut);
        Files.write(log(cut), Arrays.copyOf(whole, (int) end));
        try (StoreFixture again = open(cut)) {
          assertWhole(read(again), 1);
        }
      }
    }
  }

  /** Somebody edits the files of a node that does not run, and has no key. */
  @Test
  void shouldRefuseALedgerThatWasChangedBetweenTwoLives() throws Exception {
    for (int changed = 1; changed <= 3; changed++) {
      Path directory = folder.resolve("store" + changed);
      try (StoreFixture fixture = open(directory)) {
        commit(fixture, 1, 1);
        commit(fixture, 2, 2);
      }
      try (Database database = Database.open(StoreFixture.options(directory));
          WriteBatch batch = new WriteBatch()) {
        byte[] last = Longs.toByteArray(2);
        byte[] line = Objects.requireNonNull(database.get(database.ledger(), last));
        if (changed == 1) {
          batch.delete(database.ledger(), last);
        } else if (changed == 2) {
          line[20]++;
          batch.put(database.ledger(), last, line);
        } else {
          LedgerKey foreign = LedgerKey.fresh();
          LedgerChain anew =
              new LedgerChain(new LedgerChain.Signer(new PopId("fra"), foreign), Optional.empty());
          batch.put(database.ledger(), Longs.toByteArray(1), anew.append(entry(9)).getBytes(UTF_8));
          batch.put(database.ledger(), last, anew.append(entry(9)).getBytes(UTF_8));
        }
        database.write(batch, true);
      }
      assertThatThrownBy(() -> open(directory))
          .isInstanceOf(StorageException.Corrupt.class)
          .hasMessageContaining("not as this node has signed it");
    }
  }

  private StoreFixture open(Path directory) throws StorageException {
    return StoreFixture.open(
        StoreFixture.options(directory).withLedger(new LedgerChain.Signer(new PopId("fra"), key)),
        StoreListener.NONE);
  }

  private static void commit(StoreFixture fixture, long seq, int... numbers) {
    ImmutableList.Builder<LedgerEntry> entries = ImmutableList.builder();
    for (int number : numbers) {
      entries.add(entry(number));
    }
    fixture.lane.submit(new Commit(seq, true, ImmutableList.of(), entries.build()));
    fixture.log.awaitCommitted(seq);
  }

  private static LedgerEntry entry(int number) {
    return new LedgerEntry(
        number,
        Act.REFUSED,
        new KeyHash(Bytes.fromHex(String.format("%032x", number))),
        new PopId("fra"),
        new PopId("tyo"),
        ImmutableList.of("identity"),
        ImmutableList.of(),
        "7");
  }

  private static List<String> read(StoreFixture fixture) throws StorageException {
    List<String> lines = new ArrayList<>();
    Answer<Long> answer = new Answer<>();
    fixture.store.readLedger(lines::add, answer);
    assertThat(answer.await()).isEqualTo(lines.size());
    return lines;
  }

  private void assertWhole(List<String> lines, int entries) throws IOException {
    Path export = Files.write(folder.resolve("export.jsonl"), lines);
    LedgerFile file = LedgerFile.read(export, ImmutableMap.of("fra", key.publicKey()));
    assertThat(file.problems()).isEmpty();
    assertThat(file.lines()).hasSize(entries);
    assertThat(file.lines().get(entries - 1).session()).endsWith(Integer.toHexString(entries));
  }

  private static Path log(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
