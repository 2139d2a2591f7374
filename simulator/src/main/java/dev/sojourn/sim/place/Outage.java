package dev.sojourn.sim.place;

/**
 * A POP that fails for a while.
 *
 * @param fromMillis since the run began
 * @param untilMillis since the run began
 */
public record Outage(int pop, Kind kind, long fromMillis, long untilMillis) {
  /** How a POP fails. */
  public enum Kind {
    /** Its process is dead; users are led to the next POP. Its disk keeps what was synced. */
    DOWN,
    /** It serves its users, and reaches no other POP. */
    CUT
  }
}
