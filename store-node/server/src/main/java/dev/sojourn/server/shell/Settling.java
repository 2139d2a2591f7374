package dev.sojourn.server.shell;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * With which peers something is being settled, and which store each had when it was heard of last:
 * a peer may lose its store again while the one before is still being told. Driven by one thread.
 */
final class Settling {
  private final Map<PopId, Bytes> newest = new HashMap<>();
  private final Set<PopId> underWay = new HashSet<>();

  /** A peer introduced itself with that store. */
  void seen(PopId pop, Bytes storeId) {
    newest.put(pop, storeId);
  }

  /** Whether to begin with that peer now; false if it is being settled with already. */
  boolean begin(PopId pop) {
    return underWay.add(pop);
  }

  /**
   * It is over, for {@code storeId}.
   *
   * @return the store that the peer has now
   */
  Bytes end(PopId pop, Bytes storeId) {
    underWay.remove(pop);
    return newest.getOrDefault(pop, storeId);
  }
}
