package dev.sojourn.client;

import dev.sojourn.client.internal.Reply;
import java.time.Duration;

/**
 * How a request came to its answer.
 *
 * @param how where it was run
 * @param servingPop the POP that was called
 * @param ownerPop the POP that owns the session now
 * @param epoch the session's epoch after the request; 0: there is no session
 * @param version the session's version after the request; 0: there is no session
 * @param roundTrips between POPs, that this caller waited for
 * @param replayed a retry found its request applied already
 * @param superseded a replay whose credential was replaced since, so that it brought no hint
 * @param versionsMissing how many of the versions that this user has seen a crash has undone; only
 *     where the namespace goes on after that
 * @param redacted something that was asked for may not be seen at the POP that was called, under
 *     the residency policy, and is left out
 * @param attempts how often the SDK put the request on the wire
 * @param elapsed from the call to the answer, retries included, by this machine's monotonic clock
 */
public record Outcome(
    How how,
    String servingPop,
    String ownerPop,
    long epoch,
    long version,
    int roundTrips,
    boolean replayed,
    boolean superseded,
    long versionsMissing,
    boolean redacted,
    int attempts,
    Duration elapsed) {

  /** Where a request was run. */
  public enum How {
    /** At the POP that was called: it owns the session. */
    LOCAL,
    /** At the old owner, which handed the session over in the same round trip. */
    GRANTED,
    /** At the owner; the session stayed there. */
    EXECUTED_REMOTELY
  }

  static Outcome read(Reply.Answered answered) {
    dev.sojourn.v1.Outcome wire = answered.response().getOutcome();
    How how =
        switch (wire.getHow()) {
          case GRANTED -> How.GRANTED;
          case EXECUTED_REMOTELY -> How.EXECUTED_REMOTELY;
          case LOCAL, HOW_UNSPECIFIED, UNRECOGNIZED -> How.LOCAL;
        };
    return new Outcome(
        how,
        wire.getServingPop(),
        wire.getOwnerPop(),
        wire.getEpoch(),
        wire.getVersion(),
        wire.getRoundTrips(),
        wire.getReplayed(),
        wire.getSuperseded(),
        wire.getVersionsMissing(),
        wire.getRedacted(),
        answered.attempts(),
        Duration.ofNanos(answered.elapsedNanos()));
  }
}
