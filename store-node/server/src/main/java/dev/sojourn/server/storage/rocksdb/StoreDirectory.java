package dev.sojourn.server.storage.rocksdb;

import com.sun.nio.file.ExtendedOpenOption;
import dev.sojourn.server.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks at a directory before RocksDB does. RocksDB takes any directory without a {@code CURRENT}
 * file for an empty one and would start a new database over the tables and logs of an old one.
 */
final class StoreDirectory {
  private final Path path;

  private StoreDirectory(Path path) {
    this.path = path;
  }

  static StoreDirectory prepare(Path path) throws StorageException {
    try {
      Files.createDirectories(path);
      return new StoreDirectory(path);
    } catch (IOException e) {
      throw new StorageException.Io(
          "the directory `" + path + "` cannot be made or read: " + e.getMessage(), e);
    }
  }

  /**
   * Whether a database is to be created here. A creation that a crash cut short before {@code
   * CURRENT} was written has left nothing of value and is begun anew.
   *
   * @throws StorageException.Corrupt if there is data, but no {@code CURRENT} to find it by
   */
  boolean isFresh() throws StorageException {
    if (Files.exists(path.resolve("CURRENT"))) {
      return false;
    }
    try (DirectoryStream<Path> data = Files.newDirectoryStream(path, "*.{sst,log,blob}")) {
      if (data.iterator().hasNext()) {
        throw new StorageException.Corrupt(
            "the store in `" + path + "` has lost its file `CURRENT`: restore it from a backup");
      }
      return true;
    } catch (IOException e) {
      throw new StorageException.Io(
          "the directory `" + path + "` cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether the file system can read past the page cache; those in memory often cannot. */
  boolean allowsDirectReads() {
    Path probe = path.resolve("direct-read.probe");
    try {
      Files.createFile(probe);
      try {
        FileChannel.open(probe, StandardOpenOption.READ, ExtendedOpenOption.DIRECT).close();
        return true;
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
