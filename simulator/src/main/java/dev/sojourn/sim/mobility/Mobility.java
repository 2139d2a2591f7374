package dev.sojourn.sim.mobility;

import dev.sojourn.sim.chance.Draws;

/** How the users of one group move. Thread-safe; all that is drawn comes from the draws given. */
public interface Mobility {
  /**
   * Says where one user is during the run.
   *
   * @param user counts from 0; a trace's users in the order of the file
   * @param walk empty, to be filled in the order of time, from 0 on
   */
  void walk(int user, Draws draws, Walk walk);
}
