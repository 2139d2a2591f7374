package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What lies beside a POP's records for rule R14, as a node keeps it: which store this is, which
 * store each peer had when nothing was owed to it any more, and which peers have said so of this
 * one. Immutable.
 *
 * @param own counts the stores that this POP has had
 * @param whole every peer has been heard of since the store is new
 */
public record HomeMemory(
    int own, ImmutableMap<PopId, Integer> settled, ImmutableSet<PopId> heardFrom, boolean whole) {

  static HomeMemory ofNewStore(int own) {
    return new HomeMemory(own, ImmutableMap.of(), ImmutableSet.of(), false);
  }

  /** Of a POP that has long served together with its peers, all of them with their first store. */
  static HomeMemory established(Iterable<PopId> peers) {
    ImmutableMap.Builder<PopId, Integer> settled = ImmutableMap.builder();
    peers.forEach(peer -> settled.put(peer, 1));
    return new HomeMemory(1, settled.buildOrThrow(), ImmutableSet.copyOf(peers), true);
  }

  boolean isSettled(PopId peer, int store) {
    return settled.getOrDefault(peer, 0) == store;
  }

  HomeMemory settledWith(PopId peer, int store) {
    Map<PopId, Integer> all = new LinkedHashMap<>(settled);
    all.put(peer, store);
    return new HomeMemory(own, ImmutableMap.copyOf(all), heardFrom, whole);
  }

  /** Takes in that {@code peer} owes nothing to this store, and whether that was the last one. */
  HomeMemory heard(PopId peer, Set<PopId> peers) {
    Set<PopId> all = new LinkedHashSet<>(heardFrom);
    all.add(peer);
    return new HomeMemory(own, settled, ImmutableSet.copyOf(all), whole || all.containsAll(peers));
  }
}
