package dev.sojourn.cli.demo.report;

import dev.sojourn.value.PopId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One request of the replay, as its client saw it.
 *
 * @param traveller whose journey it belongs to, from 1
 * @param pop the POP that was called
 * @param write whether it changed something; a read otherwise
 * @param roundTrips between POPs that the client waited for, as the answer says
 * @param link the link that it went over; empty for a request that stayed at its POP
 * @param latency at the SDK, from the call to the answer
 * @param messagesSent to other POPs by the POP that was called while the client waited, as that
 *     node counts them; without one there was no round trip
 */
public record Request(
    int traveller,
    LocalDate day,
    String place,
    PopId pop,
    boolean write,
    How how,
    int roundTrips,
    Optional<LinkUsed> link,
    Duration latency,
    long epoch,
    long version,
    long messagesSent) {

  /** Where a request was run, in a traveller's words. */
  public enum How {
    CREATED,
    LOCAL,
    MOVED,
    REMOTE
  }

  /**
   * @param owner the POP at the other end: where the session was
   * @param nominal the round-trip time from the data
   * @param applied the round-trip time that a ping through the relay takes
   */
  public record LinkUsed(PopId owner, Duration nominal, Duration applied) {
    double ratioOf(Duration latency) {
      return (double) latency.toNanos() / applied.toNanos();
    }

    double extraMillisOf(Duration latency) {
      return (latency.toNanos() - applied.toNanos()) / 1e6;
    }
  }

  /** A move on a link whose round trip is one that the promise speaks of. */
  boolean isCountedMove() {
    return how == How.MOVED
        && link.isPresent()
        && link.get().nominal().compareTo(Summary.LINK_MIN) >= 0
        && link.get().nominal().compareTo(Summary.LINK_MAX) <= 0;
  }
}
