package dev.sojourn.cli.demo.data;

import dev.sojourn.value.PopId;
import java.util.Comparator;
import java.util.List;

/**
 * A real site of content networks that plays a POP in the demo.
 *
 * @param country ISO 3166-1 alpha-2
 * @param latitude in degrees, WGS84
 * @param longitude in degrees, WGS84
 */
public record Site(PopId pop, String city, String country, double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6371;

  /** All sites of the demo, in the order in which they are shown. */
  public static List<Site> all() {
    return of("pops.csv");
  }

  /** The sites of the second act: those of the shop at which anything happens in it. */
  public static List<Site> ofTheStory() {
    return ofTheShop().stream().filter(site -> !site.city().equals("Frankfurt")).toList();
  }

  /** The sites of the shop in the browser, in the order in which they are shown. */
  public static List<Site> ofTheShop() {
    return of("web/pops.csv");
  }

  private static List<Site> of(String resource) {
    return Table.rowsOf(resource, "id,city,country,lat,lon").stream()
        .map(
            row ->
                new Site(
                    new PopId(row[0]),
                    row[1],
                    row[2],
                    Double.parseDouble(row[3]),
                    Double.parseDouble(row[4])))
        .toList();
  }

  /** The site that a user at this point reaches: the nearest by great circle. */
  public static Site nearest(List<Site> sites, double latitude, double longitude) {
    return sites.stream()
        .min(Comparator.comparingDouble(site -> site.kilometresTo(latitude, longitude)))
        .orElseThrow();
  }

  double kilometresTo(double otherLatitude, double otherLongitude) {
    double phi1 = Math.toRadians(latitude);
    double phi2 = Math.toRadians(otherLatitude);
    double sinPhi = Math.sin((phi2 - phi1) / 2);
    double sinLambda = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
    double h = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
  }
}
