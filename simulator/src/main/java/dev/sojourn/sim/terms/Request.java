package dev.sojourn.sim.terms;

/**
 * What a user asks of a session.
 *
 * @param atMillis since the run began
 * @param pop where it comes in
 * @param device 0 or 1
 * @param isFirst it starts the session
 */
public record Request(long atMillis, int pop, int device, boolean isWrite, boolean isFirst) {
  public long atMicros() {
    return atMillis * 1_000;
  }
}
