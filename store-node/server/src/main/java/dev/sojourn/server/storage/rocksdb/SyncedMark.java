package dev.sojourn.server.storage.rocksdb;

import com.google.common.hash.Hashing;
import dev.sojourn.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * Up to which position the log was surely synced, in a small file beside the database, written
 * after each sync and before anybody is told of it.
 *
 * <p>A damaged log alone does not say whether it was damaged where it had been synced, which must
 * not pass in silence, or behind that, where a power failure may leave anything: zeros, a page
 * missing, half an entry. With this mark the two are told apart.
 *
 * <p>The file is not synced with each mark, but at each sync that came by time. The mark outlives
 * the process; after a power failure it may be some seconds old, and so is too low and never too
 * high. Two slots are written in turn, so that one is whole whenever the power fails. Called by one
 * thread.
 */
final class SyncedMark implements AutoCloseable {
  private static final String NAME = "SYNCED";
  private static final int SLOT_LENGTH = Long.BYTES + Integer.BYTES;

  /** A sector for each slot: that much is written whole or not at all. */
  private static final int SLOT_STRIDE = 512;

  private final FileChannel file;
  private int slot;

  private SyncedMark(FileChannel file) {
    this.file = file;
  }

  /**
   * @return nothing where no mark can be read: nothing is known then
   */
  static OptionalLong read(Path directory) throws StorageException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try {
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      OptionalLong first = slot(content, 0);
      OptionalLong second = slot(content, SLOT_STRIDE);
      return first.orElse(0) > second.orElse(0) || second.isEmpty() ? first : second;
    } catch (IOException e) {
      throw new StorageException.Io("`" + file + "` cannot be read: " + e.getMessage(), e);
    }
  }

  static SyncedMark open(Path directory) throws StorageException {
    Path file = directory.resolve(NAME);
    try {
      return new SyncedMark(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new StorageException.Io("`" + file + "` cannot be written: " + e.getMessage(), e);
    }
  }

  /** To be called when everything up to {@code position} is durable. */
  void raise(long position) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(SLOT_LENGTH);
    mark.putLong(position).putInt(checksum(position)).flip();
    int at = slot * SLOT_STRIDE;
    while (mark.hasRemaining()) {
      at += file.write(mark, at);
    }
    slot = 1 - slot;
  }

  /** Makes the mark itself outlive a power failure. */
  void sync() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static OptionalLong slot(ByteBuffer content, int at) {
    if (content.capacity() < at + SLOT_LENGTH) {
      return OptionalLong.empty();
    }
    long position = content.getLong(at);
    return content.getInt(at + Long.BYTES) == checksum(position)
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }

  private static int checksum(long position) {
    return Hashing.crc32c().hashLong(position).asInt();
  }
}
