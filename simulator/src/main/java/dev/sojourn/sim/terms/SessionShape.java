package dev.sojourn.sim.terms;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * What sessions are like.
 *
 * @param bytes of a session's content, all its fields together
 * @param writeBytes of what one write changes
 * @param idleMillis lifetime after the last use; a user who comes back later starts a new session
 * @param logout share of sessions that a logout ends
 * @param fields those that have names of their own, with their bytes: a residency policy may speak
 *     of them
 */
public record SessionShape(
    int bytes,
    int writeBytes,
    long idleMillis,
    double logout,
    ImmutableMap<String, Integer> fields) {
  /** The fields that every session has: a count of its writes, what they change, and the rest. */
  public static final String COUNTER = "n";

  public static final String CHANGED = "page";
  public static final String REST = "rest";
  public static final ImmutableSet<String> OTHER_FIELDS = ImmutableSet.of(COUNTER, CHANGED, REST);
}
