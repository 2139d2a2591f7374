package dev.sojourn.sim.rival;

/** All requests of one session, in the order of time. */
public interface Session {
  int size();

  Request get(int index);
}
