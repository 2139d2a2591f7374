package dev.sojourn.server.storage.rocksdb;

import dev.sojourn.value.KeyHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The heads of the records written last, so that the condition of a commit seldom costs a read. A
 * head that is not in here is read from the database, so the condition always holds, even against
 * what was there before this process started.
 *
 * <p>For the writer's thread alone. While a batch is being built nothing is evicted: a head that is
 * in the batch is not in the database yet.
 */
final class HeadTable {
  private final int entriesMax;
  private final Map<KeyHash, RecordHead> heads = new LinkedHashMap<>(1024, 0.75f, true);

  HeadTable(int entriesMax) {
    this.entriesMax = entriesMax;
  }

  @Nullable RecordHead find(KeyHash key) {
    return heads.get(key);
  }

  void put(KeyHash key, RecordHead head) {
    heads.put(key, head);
  }

  /** Evicts those unused for longest. To be called when everything put is in the database. */
  void trim() {
    Iterator<KeyHash> oldestFirst = heads.keySet().iterator();
    for (int surplus = heads.size() - entriesMax; surplus > 0; surplus--) {
      oldestFirst.next();
      oldestFirst.remove();
    }
  }
}
