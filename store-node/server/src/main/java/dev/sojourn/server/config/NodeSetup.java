package dev.sojourn.server.config;

/** All that a node is told at its start, read and checked. */
public record NodeSetup(NodeConfig node, Topology topology, NodeKeys keys) {}
