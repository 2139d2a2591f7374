package dev.sojourn.sim.terms;

/** All requests of one session, in the order of time. */
public interface Session {
  int size();

  Request get(int index);
}
