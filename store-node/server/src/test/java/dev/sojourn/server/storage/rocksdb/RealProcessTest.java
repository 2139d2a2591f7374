package dev.sojourn.server.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only processes of their own can show: kills, locks, and a system that refuses to write. */
class RealProcessTest {
  private final Path directory;

  RealProcessTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldHoldEveryAcknowledgedCommitAfterItsProcessWasKilled() throws Exception {
    for (int life = 1; life <= 2; life++) {
      Path place = directory.resolve("life-" + life);
      Process process = WritingProcess.start(place);
      long acknowledged = -1;
      try (BufferedReader output = WritingProcess.output(process)) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          if (line.startsWith("committed ")) {
            acknowledged = Long.parseLong(line.substring("committed ".length()));
          }
          // Far enough for tables to be written beside the log; what still comes is read as well.
          if (acknowledged > 3_000L * life && process.isAlive()) {
            // By its handle: the process itself would close its output unread.
            process.toHandle().destroyForcibly();
          }
        }
      } finally {
        process.destroyForcibly();
      }
      process.waitFor();
      assertThat(acknowledged).isGreaterThan(3_000L * life);
      assertHolds(place, acknowledged);
    }
  }

  @Test
  void shouldRefuseADirectoryThatAnotherStoreHasOpen() throws Exception {
    try (StoreFixture first = StoreFixture.open(directory)) {
      assertThat(first.store.identity().incarnation()).isEqualTo(1);
      assertThatThrownBy(() -> StoreFixture.open(directory))
          .isInstanceOf(StorageException.Locked.class)
          .hasMessageContaining(directory.toString());

      Process second = WritingProcess.start(directory);
      try (BufferedReader output = WritingProcess.output(second)) {
        assertThat(output.readLine()).isEqualTo("failed Locked");
      } finally {
        second.destroyForcibly();
      }
    }
    StoreFixture.open(directory).close();
  }

  @Test
  void shouldFailForGoodWhenTheSystemRefusesToWrite() throws Exception {
    Process process = WritingProcess.start(directory);
    long acknowledged = -1;
    String last = "";
    try (BufferedReader output = WritingProcess.output(process)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
        if (line.equals("open")) {
          assumeThat(allowFilesUpTo(64 << 10, process)).as("`prlimit` of Linux").isTrue();
        } else if (line.startsWith("committed ")) {
          acknowledged = Long.parseLong(line.substring("committed ".length()));
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(last).isEqualTo("failed Io");
    assertThat(process.waitFor()).isEqualTo(3);
    assertHolds(directory, acknowledged);
  }

  /** From now on a write beyond that length of any file fails with an error of the system. */
  private static boolean allowFilesUpTo(int bytes, Process process) throws InterruptedException {
    try {
      return new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertHolds(Path place, long acknowledged) throws StorageException {
    try (StoreFixture fixture = StoreFixture.open(place)) {
      StoreIdentity identity = fixture.store.identity();
      assertThat(identity.intactSince()).as("cut short").isEqualTo(identity.incarnation());
      for (long seq = Math.max(0, acknowledged - WritingProcess.KEYS + 1);
          seq <= acknowledged;
          seq++) {
        long revision =
            fixture.load(WritingProcess.key(seq)).map(SessionRecord::revision).orElse(0L);
        assertThat(revision)
            .as("commit %d of %d", seq, acknowledged)
            .isGreaterThanOrEqualTo(WritingProcess.revision(seq));
      }
    }
  }
}
