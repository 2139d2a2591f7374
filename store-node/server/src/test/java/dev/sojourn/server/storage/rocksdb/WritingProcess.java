package dev.sojourn.server.storage.rocksdb;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A process that writes until it is killed, and says on its output what was acknowledged. */
final class WritingProcess {
  static final int KEYS = 40;

  private WritingProcess() {}

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WritingProcess.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static KeyHash key(long seq) {
    return new KeyHash(
        Bytes.wrap(ByteBuffer.allocate(KeyHash.LENGTH).putLong(0).putLong(seq % KEYS).array()));
  }

  /** The revision that commit {@code seq}, counted from 0, gives its record. */
  static long revision(long seq) {
    return seq / KEYS + 1;
  }

  public static void main(String[] args) throws Exception {
    Semaphore inFlight = new Semaphore(100);
    RocksSessionStore store;
    try {
      store =
          RocksSessionStore.open(
              StoreFixture.options(Path.of(args[0])), new SeededBytes(1), StoreListener.NONE);
    } catch (StorageException e) {
      System.out.println("failed " + e.getClass().getSimpleName());
      return;
    }
    CommitLane lane = store.openLane(new Acknowledging(inFlight));
    System.out.println("open");
    RandomRecords random = new RandomRecords(9);
    for (long seq = 0; seq < Long.MAX_VALUE; seq++) {
      inFlight.acquire();
      RecordWrite write =
          new RecordWrite(
              key(seq), revision(seq) - 1, Optional.of(random.owned(revision(seq))), seq);
      lane.submit(new Commit(seq, seq % 3 != 0, ImmutableList.of(write)));
    }
  }

  private static final class Acknowledging implements CommitListener {
    private final Semaphore inFlight;
    private long last = -1;

    Acknowledging(Semaphore inFlight) {
      this.inFlight = inFlight;
    }

    @Override
    public void committed(long throughSeq) {
      System.out.println("committed " + throughSeq);
      inFlight.release((int) (throughSeq - last));
      last = throughSeq;
    }

    @Override
    public void failed(StorageException cause) {
      System.out.println("failed " + cause.getClass().getSimpleName());
      System.exit(3);
    }
  }
}
