package dev.sojourn.sim.setup;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.mobility.Mobility;
import dev.sojourn.sim.mobility.Visits;
import dev.sojourn.sim.mobility.Workload;
import dev.sojourn.sim.place.Outages;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.terms.Moving;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.sim.terms.Timing;
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
 * @param residency the policy under which all of it stands; empty: data may be anywhere
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
    Optional<Residency> residency,
    Optional<RoundTrips> metric) {

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
}
