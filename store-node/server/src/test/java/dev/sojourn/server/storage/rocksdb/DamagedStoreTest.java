package dev.sojourn.server.storage.rocksdb;

import static dev.sojourn.server.storage.rocksdb.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.WriteBatch;

/** Whatever happens to the files: a typed error, or every record as it was written. */
class DamagedStoreTest {
  private final Path directory;
  private final Map<KeyHash, SessionRecord> written = new LinkedHashMap<>();
  private int syncedLength;

  DamagedStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldSayThatItIsCorruptWhenATableFileIsDamaged() throws Exception {
    fill();
    damageTheMiddle(largest("sst"));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void shouldSayThatItIsCorruptWhenTheLogIsDamagedInItsMiddle() throws Exception {
    fill();
    damageTheMiddle(largest("log"));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void shouldSayThatItIsCorruptWhenItsFirstFileIsDamaged() throws Exception {
    fill();
    damageTheMiddle(directory.resolve("CURRENT"));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void shouldNotStartANewStoreOverAnOldOneThatLostItsFirstFile() throws Exception {
    fill();
    Files.delete(directory.resolve("CURRENT"));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sst", "log"})
  void shouldSayThatItIsCorruptWhenAFileIsMissing(String extension) throws Exception {
    fill();
    Files.delete(largest(extension));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void shouldSayThatItIsCorruptWhenTheLogHasLostItsEnd() throws Exception {
    fill();
    Path log = largest("log");
    byte[] content = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(content, content.length - 100));

    assertThat(survey()).get().isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void shouldSayThatItIsCorruptOrHaveEveryRecordWhicheverByteIsDamaged() throws Exception {
    fill();
    Map<Path, byte[]> whole = contents();
    List<Map.Entry<Path, byte[]>> files = List.copyOf(whole.entrySet());
    int noticed = 0;
    for (long seed = 0; seed < 120; seed++) {
      SplittableRandom choice = new SplittableRandom(seed);
      restore(whole);
      Map.Entry<Path, byte[]> file = files.get(choice.nextInt(files.size()));
      byte[] content = file.getValue().clone();
      int at = choice.nextInt(content.length);
      content[at] ^= (byte) choice.nextInt(1, 256);
      Files.write(file.getKey(), content);
      try {
        Optional<StorageException> said = survey();
        noticed += said.isPresent() ? 1 : 0;
        assertThat(said)
            .satisfiesAnyOf(
                nothing -> assertThat(nothing).isEmpty(),
                something ->
                    assertThat(something).get().isInstanceOf(StorageException.Corrupt.class));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", byte " + at + " of " + file.getKey(), e);
      }
    }
    assertThat(noticed).isPositive();
  }

  @Test
  void shouldForgiveAnEntryAtTheEndThatACrashLeftIncomplete() throws Exception {
    fill();
    Path log = largest("log");
    // The head of an entry of 64 bytes, and nothing behind it.
    Files.write(log, new byte[] {1, 2, 3, 4, 64, 0, 1, 9, 9}, StandardOpenOption.APPEND);

    assertThat(survey()).isEmpty();
  }

  /** What a power failure may make of the end of a log that was written and not synced. */
  private enum Wreck {
    CUT,
    ZEROS_AT_THE_END,
    A_PAGE_MISSING,
    NONSENSE_AT_THE_END;

    void befall(byte[] log, int from) {
      int middle = (from + log.length) / 2;
      switch (this) {
        case CUT -> {}
        case ZEROS_AT_THE_END -> Arrays.fill(log, middle, log.length, (byte) 0);
        case A_PAGE_MISSING -> Arrays.fill(log, middle, middle + 4096, (byte) 0);
        case NONSENSE_AT_THE_END -> {
          byte[] nonsense = new byte[log.length - middle];
          new Random(7).nextBytes(nonsense);
          System.arraycopy(nonsense, 0, log, middle, nonsense.length);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wreck.class)
  void shouldOpenWithAllThatWasSyncedWhenThePowerFailed(Wreck wreck) throws Exception {
    Path image = powerFailure(wreck, false);

    try (StoreFixture fixture = StoreFixture.open(image)) {
      for (var entry : written.entrySet()) {
        assertThat(fixture.load(entry.getKey())).contains(entry.getValue());
      }
      fixture.commit(write(new RandomRecords(8).key(), new RandomRecords(8).owned(1)));
    }
    assertThat(StoreFixture.open(image)).satisfies(StoreFixture::close);
  }

  @ParameterizedTest
  @EnumSource(value = Wreck.class, mode = EnumSource.Mode.EXCLUDE, names = "CUT")
  void shouldSayThatItIsCorruptWhenTheSameBefallsWhatWasSynced(Wreck wreck) throws Exception {
    Path image = powerFailure(wreck, true);
    Path log = largest(image, "log");
    byte[] before = Files.readAllBytes(log);

    assertThatThrownBy(() -> StoreFixture.open(image)).isInstanceOf(StorageException.Corrupt.class);
    assertThat(Files.readAllBytes(log)).as("what is left can still be mended").isEqualTo(before);
  }

  @Test
  void shouldSayThatItIsCorruptWhenTheEndOfTheSyncedLogIsMissingAfterACrash() throws Exception {
    Path image = powerFailure(Wreck.CUT, false);
    Path log = largest(image, "log");
    Files.write(log, Arrays.copyOf(Files.readAllBytes(log), syncedLength - 10));

    assertThatThrownBy(() -> StoreFixture.open(image)).isInstanceOf(StorageException.Corrupt.class);
  }

  /**
   * The files of a store that was running: 40 records that were synced, and much that was not.
   *
   * @param inSynced whether what was synced is damaged, or what was not
   */
  private Path powerFailure(Wreck wreck, boolean inSynced) throws Exception {
    RandomRecords random = new RandomRecords(5);
    Path running = Files.createDirectory(directory.resolve("running"));
    Path image = Files.createDirectory(directory.resolve("image"));
    RocksStoreOptions options = StoreFixture.options(running).withSyncMillisMax(3_600_000);
    try (StoreFixture fixture = StoreFixture.open(options, StoreListener.NONE)) {
      for (int i = 0; i < 40; i++) {
        KeyHash key = random.key();
        SessionRecord record = random.owned(1);
        fixture.commit(write(key, record));
        written.put(key, record);
      }
      syncedLength = (int) Files.size(largest(running, "log"));
      for (int i = 0; i < 400; i++) {
        fixture.log.awaitCommitted(fixture.submit(false, write(random.key(), random.owned(1))));
      }
      try (Stream<Path> files = Files.list(running)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, image.resolve(file.getFileName()));
        }
      }
    }
    Path log = largest(image, "log");
    byte[] content = Files.readAllBytes(log);
    assertThat(content.length).isGreaterThan(syncedLength + 3 * 4096);
    wreck.befall(content, inSynced ? syncedLength - content.length : syncedLength);
    boolean cuts = wreck == Wreck.CUT && !inSynced;
    Files.write(log, cuts ? Arrays.copyOf(content, (syncedLength + content.length) / 2) : content);
    return image;
  }

  @Test
  void shouldRefuseAStoreThatANewerReleaseLaidOut() throws Exception {
    fill();
    try (Database database = Database.open(StoreFixture.options(directory));
        WriteBatch batch = new WriteBatch()) {
      batch.put(database.meta(), StoreMeta.LAYOUT_KEY, StoreMeta.bytes(StoreMeta.LAYOUT + 1));
      database.write(batch, true);
    }

    assertThat(survey()).get().isInstanceOf(StorageException.NewerFormat.class);
  }

  @Test
  void shouldRefuseARecordThatANewerReleaseWroteAndKeepTheOthers() throws Exception {
    fill();
    List<KeyHash> keys = List.copyOf(written.keySet());
    try (Database database = Database.open(StoreFixture.options(directory));
        WriteBatch batch = new WriteBatch()) {
      byte[] newerLayout = new byte[RecordHead.LENGTH];
      newerLayout[0] = 2;
      batch.put(database.records(), keys.get(0).value().toArray(), newerLayout);
      database.write(batch, true);
    }

    try (StoreFixture fixture = StoreFixture.open(directory)) {
      assertThatThrownBy(() -> fixture.load(keys.get(0)))
          .isInstanceOf(StorageException.NewerFormat.class);
      assertThat(fixture.load(keys.get(1))).isPresent();
    }
  }

  @Test
  void shouldRefuseADirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> StoreFixture.open(file)).isInstanceOf(StorageException.Io.class);
  }

  /** Two thirds in a table, one third in the log. */
  private void fill() throws Exception {
    RandomRecords random = new RandomRecords(3);
    for (int life = 0; life < 3; life++) {
      try (StoreFixture fixture = StoreFixture.open(directory)) {
        for (int i = 0; i < 60; i++) {
          KeyHash key = random.key();
          SessionRecord record = random.owned(1);
          fixture.submit(true, write(key, record, i));
          written.put(key, record);
        }
      }
    }
  }

  /**
   * Opens it and reads everything: what it said, or nothing if every record is there as written.
   */
  private Optional<StorageException> survey() {
    Optional<StorageException> said = Optional.empty();
    try (StoreFixture fixture = StoreFixture.open(directory)) {
      for (var entry : written.entrySet()) {
        try {
          Optional<SessionRecord> found = fixture.load(entry.getKey());
          assertThat(found).as("silently less").contains(entry.getValue());
        } catch (StorageException e) {
          said = Optional.of(e);
        }
      }
    } catch (StorageException e) {
      said = Optional.of(e);
    }
    return said;
  }

  private Path largest(String extension) throws IOException {
    return largest(directory, extension);
  }

  private static Path largest(Path directory, String extension) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith("." + extension))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  /** Everything that a start reads. */
  private Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory).sorted()) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        boolean read =
            name.endsWith(".sst")
                || name.endsWith(".log")
                || name.startsWith("MANIFEST")
                || name.equals("CURRENT")
                || name.equals("POSITION");
        if (read && Files.size(file) > 0) {
          contents.put(file, Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  private void restore(Map<Path, byte[]> contents) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    for (var entry : contents.entrySet()) {
      Files.write(entry.getKey(), entry.getValue());
    }
  }

  private static void damageTheMiddle(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }
}
