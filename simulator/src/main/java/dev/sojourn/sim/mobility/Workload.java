package dev.sojourn.sim.mobility;

/**
 * What users ask.
 *
 * @param requests of one user, in one run or, for a trace, at each of its rows
 * @param writes share of requests that write
 * @param byName share of requests that ask for the session's named fields, or write them
 * @param visits of one user, over which the requests are spread
 * @param thinkMillis mean pause between two requests of one visit
 */
public record Workload(int requests, double writes, double byName, int visits, long thinkMillis) {}
