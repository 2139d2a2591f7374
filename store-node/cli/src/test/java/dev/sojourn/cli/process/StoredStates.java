package dev.sojourn.cli.process;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
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
final class StoredStates {
  private StoredStates() {}

  /**
   * @param directory of a store that nobody has open
   */
  static Map<KeyHash, SessionState> of(Path directory) throws StorageException {
    Map<KeyHash, SessionState> states = new LinkedHashMap<>();
    try (RocksSessionStore store =
        RocksSessionStore.open(
            RocksStoreOptions.in(directory), new SecureRandomSource(), StoreListener.NONE)) {
      List<KeyHash> keys = new ArrayList<>();
      long visited = StoredStates.<Long>answer(back -> store.forEach(keys::add, back));
      for (KeyHash key : keys) {
        Optional<SessionRecord> record = answer(back -> store.load(key, back));
        states.put(key, record.orElse(SessionRecord.NONE).state());
      }
      if (visited != states.size()) {
        throw new AssertionError(visited + " records visited, " + states.size() + " found");
      }
    }
    return states;
  }

  private static <T> T answer(Consumer<StoreCallback<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    question.accept(new Completion<>(answer));
    return answer.join();
  }
}
