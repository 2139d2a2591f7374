package dev.sojourn.server.config;

import java.util.Optional;

/**
 * All that a node is told at its start, read and checked.
 *
 * @param tokens with which applications call the gateway; empty: it asks for none
 */
public record NodeSetup(
    NodeConfig node, Topology topology, NodeKeys keys, Optional<CallerTokens> tokens) {

  public NodeSetup(NodeConfig node, Topology topology, NodeKeys keys) {
    this(node, topology, keys, Optional.empty());
  }
}
