package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.codec.CodecException;
import dev.sojourn.value.KeyHash;

/** A record that cannot be understood, as an error of the store that names it. */
final class StoredRecordErrors {
  private StoredRecordErrors() {}

  static StorageException of(KeyHash key, CodecException error) {
    if (error instanceof CodecException.Newer) {
      return new StorageException.NewerFormat("record " + key + ": " + error.getMessage());
    }
    return new StorageException.Corrupt("record " + key + ": " + error.getMessage(), error);
  }
}
