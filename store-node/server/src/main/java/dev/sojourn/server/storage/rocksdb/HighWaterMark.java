package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far the store had come when it was last opened or closed in good order, in a small file
 * beside the database.
 *
 * <p>RocksDB forgives an incomplete entry at the end of a log and of its manifest (the list of its
 * tables), and a damaged length in the last block of either looks just like one, so that everything
 * behind it would be gone in silence. What this mark speaks of was durable for certain: the commits
 * up to a position, and the first bytes of a manifest, which is only ever appended to. If the
 * database comes back with less, it is damaged.
 *
 * <p>What was written after the last start and before a crash lies above the mark: for that there
 * is a {@link SyncedMark}.
 */
final class HighWaterMark {
  private static final String NAME = "POSITION";
  private static final int LENGTH = 3 * Long.BYTES + 2 * Integer.BYTES;

  private final Path directory;

  HighWaterMark(Path directory) {
    this.directory = directory;
  }

  private record Mark(
      long position, long manifestNumber, long manifestLength, int manifestChecksum) {}

  /** To be asked before the database is opened, since that writes a new manifest. */
  void verifyManifest() throws StorageException {
    try {
      Mark mark = read();
      Path manifest = directory.resolve("MANIFEST-%06d".formatted(mark.manifestNumber));
      if (mark.manifestLength == 0 || !isCurrent(manifest)) {
        // A start that was cut short has left a newer one, which repeats the whole of this.
        return;
      }
      byte[] content = Files.readAllBytes(manifest);
      if (content.length < mark.manifestLength
          || checksum(content, (int) mark.manifestLength) != mark.manifestChecksum) {
        throw new StorageException.Corrupt(
            "the file `" + manifest + "` is damaged: restore the store from a backup");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * @param position that the database has come back with
   * @param synced up to where the log was surely synced, by another mark
   */
  void verifyPosition(long position, long synced) throws StorageException {
    try {
      long marked = Math.max(read().position, synced);
      if (position < marked) {
        throw new StorageException.Corrupt(
            "the store in `"
                + directory
                + "` has lost commits that were durable (it is at position "
                + position
                + " and was at "
                + marked
                + "): restore it from a backup");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Durably raises the mark to a position that is durable itself. */
  void raise(long position) throws StorageException {
    try {
      Path manifest = directory.resolve(currentManifest());
      byte[] content = Files.readAllBytes(manifest);
      ByteBuffer mark = ByteBuffer.allocate(LENGTH);
      mark.putLong(position)
          .putLong(Long.parseLong(currentManifest().substring("MANIFEST-".length())))
          .putLong(content.length)
          .putInt(checksum(content, content.length));
      mark.putInt(checksum(mark.array(), LENGTH - Integer.BYTES)).flip();
      replace(mark);
    } catch (IOException | NumberFormatException e) {
      throw new StorageException.Io(
          "the directory `" + directory + "` cannot be written: " + e.getMessage(), e);
    }
  }

  private Mark read() throws IOException, StorageException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return new Mark(0, 0, 0, 0);
    }
    byte[] content = Files.readAllBytes(file);
    ByteBuffer mark = ByteBuffer.wrap(content);
    if (content.length != LENGTH
        || mark.getInt(LENGTH - Integer.BYTES) != checksum(content, LENGTH - Integer.BYTES)) {
      throw new StorageException.Corrupt(
          "the file `" + file + "` is damaged: restore the store from a backup");
    }
    return new Mark(mark.getLong(), mark.getLong(), mark.getLong(), mark.getInt());
  }

  private void replace(ByteBuffer content) throws IOException {
    Path fresh = directory.resolve(NAME + ".new");
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
  }

  private boolean isCurrent(Path manifest) throws IOException {
    Path current = directory.resolve("CURRENT");
    return Files.exists(manifest)
        && Files.exists(current)
        && String.valueOf(manifest.getFileName()).equals(currentManifest());
  }

  private String currentManifest() throws IOException {
    // Any byte is a character of this charset: a damaged name is only a name that does not exist.
    return Files.readString(directory.resolve("CURRENT"), StandardCharsets.ISO_8859_1).strip();
  }

  private StorageException unreadable(IOException cause) {
    return new StorageException.Io(
        "the store in `" + directory + "` cannot be read: " + cause.getMessage(), cause);
  }

  private static int checksum(byte[] content, int length) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, length);
    return (int) crc.getValue();
  }
}
