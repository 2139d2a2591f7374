package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** RocksDB's errors as ours: what an operator must do stands in the type and in the line. */
final class RocksErrors {
  private final Path directory;

  RocksErrors(Path directory) {
    this.directory = directory;
  }

  /** What went wrong while the store was being opened. */
  StorageException opening(RocksDBException error) {
    String said = said(error);
    if (code(error) == Status.Code.IOError && said.contains("lock")) {
      return new StorageException.Locked(
          "the store in `"
              + directory
              + "` is open already: stop the other node, or give this one a directory of its own",
          error);
    }
    boolean fileIsMissing =
        code(error) == Status.Code.IOError && said.contains("no such file or directory");
    if (fileIsMissing
        || code(error) == Status.Code.InvalidArgument
        || code(error) == Status.Code.NotFound) {
      return corrupt(error);
    }
    return running(error);
  }

  /** What went wrong with a store that was open. */
  StorageException running(RocksDBException error) {
    Status.Code code = code(error);
    if (code == Status.Code.Corruption) {
      return corrupt(error);
    }
    Status status = error.getStatus();
    boolean noSpace =
        (status != null && status.getSubCode() == Status.SubCode.NoSpace)
            || said(error).contains("no space left");
    if (noSpace) {
      return new StorageException.Full(
          "the disk below `" + directory + "` is full: make room, then start the node again",
          error);
    }
    return new StorageException.Io(
        "the store in `" + directory + "` cannot be read or written: " + error.getMessage(), error);
  }

  /** What went wrong with a file of our own beside the store. */
  StorageException running(IOException error) {
    return new StorageException.Io(
        "the store in `" + directory + "` cannot be written: " + error.getMessage(), error);
  }

  private StorageException corrupt(RocksDBException error) {
    return new StorageException.Corrupt(
        "the store in `"
            + directory
            + "` is damaged ("
            + error.getMessage()
            + "): restore it from a backup, or start with an empty directory and lose what it owned",
        error);
  }

  private static Status.Code code(RocksDBException error) {
    Status status = error.getStatus();
    return status == null ? Status.Code.Undefined : status.getCode();
  }

  private static String said(RocksDBException error) {
    return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
  }
}
