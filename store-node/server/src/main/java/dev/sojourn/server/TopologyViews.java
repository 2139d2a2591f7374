package dev.sojourn.server;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.config.Pop;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.rpc.peer.TopologyView;
import dev.sojourn.value.PopId;

/** The topology as one POP sees it: all the others. */
record TopologyViews(TopologyView network, ImmutableSet<PopId> inService) {

  static TopologyViews of(Topology topology, PopId self) {
    ImmutableMap.Builder<PopId, TopologyView.Endpoint> peers = ImmutableMap.builder();
    ImmutableSet.Builder<PopId> retired = ImmutableSet.builder();
    for (Pop pop : topology.pops().values()) {
      if (pop.isRetired()) {
        retired.add(pop.id());
      } else if (!pop.id().equals(self) && pop.endpoint().isPresent()) {
        Address endpoint = pop.endpoint().get();
        peers.put(pop.id(), new TopologyView.Endpoint(endpoint.host(), endpoint.port()));
      }
    }
    ImmutableMap<PopId, TopologyView.Endpoint> all = peers.buildOrThrow();
    return new TopologyViews(new TopologyView(all, retired.build()), all.keySet());
  }
}
