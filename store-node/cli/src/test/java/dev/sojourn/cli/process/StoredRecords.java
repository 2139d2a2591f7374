package dev.sojourn.cli.process;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.server.storage.Completion;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.KeyHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What lies in a store, read from its disk by the code that the node itself reads it with. */
final class StoredRecords {
  private StoredRecords() {}

  /**
   * @param directory of a store that nobody has open
   */
  static Map<KeyHash, SessionRecord> of(Path directory) throws StorageException {
    Map<KeyHash, SessionRecord> records = new LinkedHashMap<>();
    try (RocksSessionStore store =
        RocksSessionStore.open(
            RocksStoreOptions.in(directory), new SecureRandomSource(), StoreListener.NONE)) {
      List<KeyHash> keys = new ArrayList<>();
      long visited = StoredRecords.<Long>answer(back -> store.forEach(keys::add, back));
      for (KeyHash key : keys) {
        Optional<SessionRecord> record = answer(back -> store.load(key, back));
        records.put(key, record.orElse(SessionRecord.NONE));
      }
      if (visited != records.size()) {
        throw new AssertionError(visited + " records visited, " + records.size() + " found");
      }
    }
    return records;
  }

  private static <T> T answer(Consumer<StoreCallback<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    question.accept(new Completion<>(answer));
    return answer.join();
  }
}
