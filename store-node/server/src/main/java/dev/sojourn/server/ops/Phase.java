package dev.sojourn.server.ops;

/** How far a node is in its life. */
public enum Phase {
  STARTING,
  READY,
  /** It finishes what it accepted, and takes nothing new. */
  DRAINING,
  STOPPED,
  /** It has stopped for a fault: see its log. */
  FAILED
}
