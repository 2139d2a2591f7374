package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is durable where just now, put together from what was observed. */
final class DiskView {
  private final Map<KeyHash, Map<PopId, SessionRecord>> records = new LinkedHashMap<>();
  private final Set<KeyHash> ended = new LinkedHashSet<>();
  private final Set<KeyHash> lapsed = new LinkedHashSet<>();

  /** Takes it in, and returns what this POP had under the key before. */
  Optional<SessionRecord> replace(OnDisk stored) {
    Map<PopId, SessionRecord> everywhere =
        records.computeIfAbsent(stored.key(), key -> new TreeMap<>());
    if (stored.record().isEmpty()) {
      return Optional.ofNullable(everywhere.remove(stored.pop()));
    }
    SessionState state = stored.record().get().state();
    if (state instanceof SessionState.Tombstone) {
      ended.add(stored.key());
    }
    if (state instanceof SessionState.Forward forward && forward.lapsed()) {
      lapsed.add(stored.key());
    }
    return Optional.ofNullable(everywhere.put(stored.pop(), stored.record().get()));
  }

  /** Whether some disk ever said that the session ended. */
  boolean hasEnded(KeyHash key) {
    return ended.contains(key);
  }

  /** Whether a payload was ever given up because its lifetime ran out. */
  boolean hasLapsed(KeyHash key) {
    return lapsed.contains(key);
  }

  /** What is durable under the key, by POP. */
  Map<PopId, SessionRecord> records(KeyHash key) {
    return records.getOrDefault(key, Map.of());
  }

  /** Every payload that is durable under the key. */
  List<SessionData> payloads(KeyHash key) {
    return payloads(records.getOrDefault(key, Map.of()).values());
  }

  static List<SessionData> payloads(Iterable<SessionRecord> records) {
    List<SessionData> payloads = new ArrayList<>();
    for (SessionRecord record : records) {
      record.state().payload().ifPresent(payloads::add);
    }
    return payloads;
  }
}
