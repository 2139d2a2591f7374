package dev.sojourn.server.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes a store may still write. Thread-safe and cheap: asked with each batch. */
@FunctionalInterface
public interface FreeSpace {
  long freeBytes() throws IOException;

  /**
   * Of the file system that holds {@code directory}, for a process without privileges.
   *
   * @throws IOException if the directory does not exist or cannot be asked
   */
  static FreeSpace of(Path directory) throws IOException {
    FileStore disk = Files.getFileStore(directory);
    return disk::getUsableSpace;
  }
}
