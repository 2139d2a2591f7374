package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far the store had come when it was last opened or closed in good order, in a small file
 * beside the database.
 *
 * <p>RocksDB forgives an incomplete entry at the end of a log, and a damaged length in its last
 * block looks just like one, so that everything behind it would be gone in silence. What is below
 * this mark was durable for certain: if the database comes back with less, it is damaged. (What
 * lies above it, written after the last start and before a crash, peers know of: they remember the
 * position.)
 */
final class HighWaterMark {
  private static final String NAME = "POSITION";
  private static final int LENGTH = Long.BYTES + Integer.BYTES;

  private final Path directory;

  HighWaterMark(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws StorageException.Corrupt if the database has come back with less than it had
   */
  void verify(long position) throws StorageException {
    Path file = directory.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        return;
      }
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      if (content.remaining() != LENGTH
          || content.getInt(Long.BYTES) != checksum(content.getLong(0))) {
        throw new StorageException.Corrupt("the file `" + file + "` is damaged: restore a backup");
      }
      if (position < content.getLong(0)) {
        throw new StorageException.Corrupt(
            "the store in `"
                + directory
                + "` has lost commits that were durable (it is at position "
                + position
                + " and was at "
                + content.getLong(0)
                + "): restore it from a backup");
      }
    } catch (IOException e) {
      throw new StorageException.Io("the file `" + file + "` cannot be read: " + e.getMessage(), e);
    }
  }

  /** Durably raises the mark to a position that is durable itself. */
  void raise(long position) throws StorageException {
    Path fresh = directory.resolve(NAME + ".new");
    try {
      ByteBuffer content = ByteBuffer.allocate(LENGTH);
      content.putLong(position).putInt(checksum(position)).flip();
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          out.write(content);
        }
        out.force(true);
      }
      Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new StorageException.Io(
          "the directory `" + directory + "` cannot be written: " + e.getMessage(), e);
    }
  }

  private static int checksum(long position) {
    CRC32C crc = new CRC32C();
    crc.update(StoreMeta.bytes(position));
    return (int) crc.getValue();
  }
}
