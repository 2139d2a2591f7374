package dev.sojourn.server.shell;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which store each POP has, as it said itself when it was last connected. It may have lost that
 * store since; who is asked by a name that is out of date says so. Thread-safe.
 */
public final class PeerStores {
  private final Map<PopId, Bytes> stores = new ConcurrentHashMap<>();
  private final Consumer<PopId> connect;

  /**
   * @param connect sees to it that a POP is connected some time soon
   */
  PeerStores(PopId self, Bytes own, Consumer<PopId> connect) {
    this.connect = connect;
    stores.put(self, own);
  }

  void learn(PopId pop, Bytes store) {
    stores.put(pop, store);
  }

  /** The id of its store; without one, the POP is being called. */
  public Optional<Bytes> of(PopId pop) {
    Optional<Bytes> known = Optional.ofNullable(stores.get(pop));
    if (known.isEmpty()) {
      connect.accept(pop);
    }
    return known;
  }
}
