package dev.sojourn.server.config;

import dev.sojourn.policy.Policy;
import java.util.Optional;

/**
 * All that a node is told at its start, read and checked.
 *
 * @param policy where data may be stored and seen; empty: anywhere
 * @param signers who may sign the policies that come later; empty: none is taken
 * @param tokens with which applications call the gateway; empty: it asks for none
 */
public record NodeSetup(
    NodeConfig node,
    Topology topology,
    NodeKeys keys,
    Optional<Policy> policy,
    Optional<PolicySigners> signers,
    Optional<CallerTokens> tokens) {

  public NodeSetup(NodeConfig node, Topology topology, NodeKeys keys) {
    this(node, topology, keys, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
