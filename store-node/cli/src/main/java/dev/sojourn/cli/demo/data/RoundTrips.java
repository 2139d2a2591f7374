package dev.sojourn.cli.demo.data;

import dev.sojourn.value.PopId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Round-trip times between the cities of the demo's sites. Symmetric. */
public final class RoundTrips {
  private final Map<Set<PopId>, Duration> byPair;

  private RoundTrips(Map<Set<PopId>, Duration> byPair) {
    this.byPair = Map.copyOf(byPair);
  }

  /** As measured between servers in these cities. */
  public static RoundTrips measured() {
    return of("rtt.csv");
  }

  /** Between the sites of the shop and of the second act: the simulator's model, not measured. */
  public static RoundTrips modelled() {
    return of("web/rtt.csv");
  }

  private static RoundTrips of(String resource) {
    Map<Set<PopId>, Duration> byPair = new HashMap<>();
    for (String[] row : Table.rowsOf(resource, "a,b,rtt_ms")) {
      long nanos = Math.round(Double.parseDouble(row[2]) * 1e6);
      byPair.put(Set.of(new PopId(row[0]), new PopId(row[1])), Duration.ofNanos(nanos));
    }
    return new RoundTrips(byPair);
  }

  /**
   * @throws IllegalArgumentException if the two are one, or the pair was not measured
   */
  public Duration between(PopId one, PopId other) {
    Duration rtt = one.equals(other) ? null : byPair.get(Set.of(one, other));
    if (rtt == null) {
      throw new IllegalArgumentException("no round-trip time from " + one + " to " + other);
    }
    return rtt;
  }
}
