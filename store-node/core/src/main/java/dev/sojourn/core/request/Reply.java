package dev.sojourn.core.request;

import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What the POP that the client called tells it.
 *
 * @param how which way the answer came
 * @param owner where the session is after this request, as far as this POP knows
 * @param halfRoundTrips messages between POPs on the critical path: a request that was answered by
 *     the POP it was sent to takes two, one passed on once takes three
 */
public record Reply(Outcome outcome, How how, Optional<PopId> owner, int halfRoundTrips) {
  /** Which way an answer came. */
  public enum How {
    /** This POP owned the session, or no session was touched. */
    LOCAL,
    /** Another POP executed and handed the session over to this one. */
    GRANTED,
    /** Another POP executed and keeps the session. */
    EXECUTED
  }
}
