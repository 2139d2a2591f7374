package dev.sojourn.sim.place;

import com.google.common.collect.ImmutableMap;

/**
 * Round trips by a straight line for each pair of continents, fitted to measured pairs: modelled,
 * never measured. Close sites get less of the line's intercept, which is that of long hauls.
 *
 * @param lines by pair such as {@code EU-NA}, the lesser continent first; {@code any} for the rest
 */
public record RttModel(ImmutableMap<String, Line> lines) {
  private static final double MS_MIN = 0.5;

  /**
   * @param interceptMs of a long haul
   * @param msPerKm there and back
   */
  public record Line(double interceptMs, double msPerKm) {}

  /** The round trips between these POPs. */
  public RoundTrips between(Sites sites) {
    return new RoundTrips(sites.size(), (a, b) -> micros(sites, a, b));
  }

  private int micros(Sites sites, int a, int b) {
    double km = sites.km(a, b);
    Line line = line(sites.get(a).continent(), sites.get(b).continent());
    double intercept = line.interceptMs() * Math.min(1, 0.1 + km / 500);
    double ms = Math.max(MS_MIN, intercept) + line.msPerKm() * km;
    return (int) StrictMath.rint(ms * 1_000);
  }

  private Line line(String a, String b) {
    String pair = a.compareTo(b) <= 0 ? a + "-" + b : b + "-" + a;
    Line found = lines.get(pair);
    return found != null ? found : lines.getOrDefault("any", new Line(13.74, 0.016422));
  }
}
