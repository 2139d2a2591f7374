package dev.sojourn.sim.terms;

/**
 * What sessions are like.
 *
 * @param bytes of a session's content
 * @param writeBytes of what one write changes
 * @param idleMillis lifetime after the last use; a user who comes back later starts a new session
 * @param logout share of sessions that a logout ends
 */
public record SessionShape(int bytes, int writeBytes, long idleMillis, double logout) {}
