package dev.sojourn.sim.run;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.sim.mobility.Mobility;
import dev.sojourn.sim.mobility.Visits;
import dev.sojourn.sim.place.Outages;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.sim.rival.Strategy;
import java.util.Optional;

/**
 * All that determines a run: a scenario file that was read and found good. Immutable, shared by all
 * threads.
 *
 * @param question what an architect wants to know
 * @param lengthMillis of virtual time
 * @param population the users, one group after the other
 * @param central the POP of the central store
 * @param rivals what ours is compared with
 * @param metric the metric closure of the round trips; empty where there are too many POPs for it
 */
public record Scenario(
    String name,
    String question,
    long seed,
    long lengthMillis,
    Sites sites,
    RoundTrips roundTrips,
    Outages outages,
    Timing timing,
    SessionShape session,
    Workload workload,
    Population population,
    Moving moving,
    int central,
    ImmutableList<Strategy> rivals,
    Optional<RoundTrips> metric) {

  /**
   * @param syncMicros until a write is durable at one POP
   * @param serviceMicros a node's work on one request or message
   * @param loadMicros until a record that is not in memory is read
   * @param timeoutMillis until a client gives up
   */
  public record Timing(long syncMicros, long serviceMicros, long loadMicros, long timeoutMillis) {}

  /**
   * @param bytes of a session's content
   * @param writeBytes of what one write changes
   * @param idleMillis lifetime after the last use; a user who comes back later starts a new session
   * @param logout share of sessions that a logout ends
   */
  public record SessionShape(int bytes, int writeBytes, long idleMillis, double logout) {}

  /**
   * @param requests of one user, in one run or, for a trace, at each of its rows
   * @param writes share of requests that write
   * @param visits of one user, over which the requests are spread
   * @param thinkMillis mean pause between two requests of one visit
   */
  public record Workload(int requests, double writes, int visits, long thinkMillis) {}

  /**
   * @param users in all
   * @param groups whose shares add up to 1
   * @param visits when users come
   * @param requestsMax of all of them together
   */
  public record Population(
      int users, ImmutableList<Group> groups, Visits visits, long requestsMax) {
    /**
     * The group of that user: users are dealt out evenly, so that any few of them are a mixture.
     */
    public Mobility of(int user) {
      double at = (user + 0.5) * 0.6180339887498949;
      double left = at - StrictMath.floor(at);
      for (Group group : groups) {
        left -= group.share();
        if (left < 0) {
          return group.mobility();
        }
      }
      return groups.get(groups.size() - 1).mobility();
    }
  }

  /** A share of the users, and how they move. */
  public record Group(double share, Mobility mobility) {}

  /**
   * When ours moves a session.
   *
   * @param rule as a namespace's option names it
   * @param cost D: what moving costs more than answering, as a share of the round trip
   * @param boundFactor expected cost over the best schedule's, at worst; empty if there is no bound
   */
  public record Moving(
      String rule, double cost, MoveStrategy strategy, Optional<Double> boundFactor) {}
}
