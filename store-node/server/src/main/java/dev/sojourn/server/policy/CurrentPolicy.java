package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.config.Pop;
import dev.sojourn.server.config.Topology;
import java.util.Optional;

/**
 * The residency policy that decides, compiled for the topology as that was last read. Thread-safe.
 */
public final class CurrentPolicy {
  private static final double EARTH_RADIUS_KM = 6_371;

  private Optional<Deciders> deciders;
  private Topology topology;
  private long sinceMillis;
  private volatile Optional<PolicyInForce> inForce;

  /**
   * @param deciders empty where there is no policy: then everything may be anywhere
   */
  public CurrentPolicy(Optional<Deciders> deciders, Topology topology) {
    this.deciders = deciders;
    this.topology = topology;
    this.inForce = compile();
  }

  public Optional<PolicyInForce> get() {
    return inForce;
  }

  /** What the policy is applied to. */
  synchronized Sites sites() {
    return topology.sites();
  }

  /** It has been in force since then, perhaps in a former process. */
  synchronized void since(long millis) {
    sinceMillis = millis;
    inForce = inForce.map(each -> each.since(millis));
  }

  synchronized void replaceTopology(Topology newer) {
    topology = newer;
    inForce = compile();
  }

  synchronized void replace(Deciders newer) {
    deciders = Optional.of(newer);
    inForce = compile();
  }

  private Optional<PolicyInForce> compile() {
    ImmutableList<Pop> pops =
        topology.pops().values().stream()
            .filter(pop -> !pop.isRetired())
            .collect(ImmutableList.toImmutableList());
    return deciders.map(
        read ->
            new PolicyInForce(
                read.compile(topology.sites()),
                PolicyInForce.nearness(pops, Pop::id, CurrentPolicy::kilometres),
                sinceMillis,
                read.shadow().map(each -> CompiledPolicy.compile(each, topology.sites()))));
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
