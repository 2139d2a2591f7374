package dev.sojourn.server;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.config.Pop;
import dev.sojourn.server.config.Topology;
import java.util.Optional;

/**
 * The residency policy as it was last read, compiled for the topology as that was last read.
 * Thread-safe.
 */
final class CurrentPolicy {
  private static final double EARTH_RADIUS_KM = 6_371;

  private Optional<Policy> policy;
  private Topology topology;
  private long sinceMillis;
  private volatile Optional<PolicyInForce> inForce;

  CurrentPolicy(Optional<Policy> policy, Topology topology) {
    this.policy = policy;
    this.topology = topology;
    this.inForce = compile();
  }

  Optional<PolicyInForce> get() {
    return inForce;
  }

  /** What the policy is applied to. */
  synchronized Sites sites() {
    return topology.sites();
  }

  /** As its file says it. */
  synchronized Optional<Policy> read() {
    return policy;
  }

  /** It has been in force since then, perhaps in a former process. */
  synchronized void since(long millis) {
    sinceMillis = millis;
    inForce = inForce.map(each -> each.since(millis));
  }

  synchronized Optional<PolicyInForce> replaceTopology(Topology newer, long nowMillis) {
    topology = newer;
    sinceMillis = nowMillis;
    inForce = compile();
    return inForce;
  }

  synchronized Optional<PolicyInForce> replacePolicy(Policy newer, long nowMillis) {
    policy = Optional.of(newer);
    sinceMillis = nowMillis;
    inForce = compile();
    return inForce;
  }

  private Optional<PolicyInForce> compile() {
    ImmutableList<Pop> pops =
        topology.pops().values().stream()
            .filter(pop -> !pop.isRetired())
            .collect(ImmutableList.toImmutableList());
    return policy.map(
        read ->
            new PolicyInForce(
                CompiledPolicy.compile(read, topology.sites()),
                PolicyInForce.nearness(pops, Pop::id, CurrentPolicy::kilometres),
                sinceMillis));
  }

  /**
   * By the haversine formula: the great-circle distance is the same at every POP and grows with the
   * round trip.
   */
  private static double kilometres(Pop one, Pop other) {
    double lat1 = Math.toRadians(one.latitude());
    double lat2 = Math.toRadians(other.latitude());
    double sinLat = Math.sin((lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(other.longitude() - one.longitude()) / 2);
    double square = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(square)));
  }
}
