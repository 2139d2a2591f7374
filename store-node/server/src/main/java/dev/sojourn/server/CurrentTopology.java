package dev.sojourn.server;

import dev.sojourn.server.config.Topology;

/** The topology as it was last read. Thread-safe. */
final class CurrentTopology {
  private volatile Topology topology;

  CurrentTopology(Topology topology) {
    this.topology = topology;
  }

  Topology get() {
    return topology;
  }

  void set(Topology newer) {
    topology = newer;
  }
}
