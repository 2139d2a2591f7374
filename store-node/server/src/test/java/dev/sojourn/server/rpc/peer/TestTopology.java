package dev.sojourn.server.rpc.peer;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.server.rpc.peer.TopologyView.Endpoint;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A topology on loopback that grows as POPs come up. */
final class TestTopology implements Supplier<TopologyView> {
  private final Map<PopId, Endpoint> peers = new ConcurrentHashMap<>();
  private final Set<PopId> retired = ConcurrentHashMap.newKeySet();

  void put(PopId pop, int port) {
    peers.put(pop, new Endpoint("127.0.0.1", port));
  }

  /** Another spelling of the same address, which makes a POP dial anew. */
  void respell(PopId pop) {
    peers.computeIfPresent(
        pop,
        (name, old) ->
            new Endpoint(old.host().equals("localhost") ? "127.0.0.1" : "localhost", old.port()));
  }

  void retire(PopId pop) {
    peers.remove(pop);
    retired.add(pop);
  }

  @Override
  public TopologyView get() {
    return new TopologyView(ImmutableMap.copyOf(peers), ImmutableSet.copyOf(retired));
  }
}
