package dev.sojourn.sim.mobility;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.sim.input.CsvFile;
import dev.sojourn.sim.input.CsvRow;
import dev.sojourn.sim.place.Site;
import dev.sojourn.sim.place.Sphere;
import dev.sojourn.value.Country;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph of scheduled flights. Immutable. */
public final class AirRoutes {
  private final double[] lat;
  private final double[] lon;
  private final Country[] country;
  private final Sphere sphere;
  private final int[][] targets;
  private final int[][] cumulated;

  /**
   * @param airports with columns {@code iata,city,country,lat,lon}
   * @param routes with columns {@code src,dst,airlines}
   */
  public AirRoutes(CsvFile airports, CsvFile routes) {
    List<CsvRow> places = airports.rows();
    lat = new double[places.size()];
    lon = new double[places.size()];
    country = new Country[places.size()];
    sphere = new Sphere(places.size());
    Map<String, Integer> byCode = new LinkedHashMap<>();
    for (CsvRow row : places) {
      int airport = byCode.size();
      byCode.put(row.values().get(0), airport);
      country[airport] = Site.countryOf(row.values().get(2));
      lat[airport] = Double.parseDouble(row.values().get(3));
      lon[airport] = Double.parseDouble(row.values().get(4));
      sphere.add(lat[airport], lon[airport]);
    }
    List<List<int[]>> lists = new ArrayList<>();
    places.forEach(place -> lists.add(new ArrayList<>()));
    routes.rows(
        row -> {
          Integer from = byCode.get(row.values().get(0));
          Integer to = byCode.get(row.values().get(1));
          if (from != null && to != null) {
            lists.get(from).add(new int[] {to, Integer.parseInt(row.values().get(2))});
          }
        });
    targets = new int[lists.size()][];
    cumulated = new int[lists.size()][];
    for (int airport = 0; airport < lists.size(); airport++) {
      List<int[]> out = lists.get(airport);
      targets[airport] = new int[out.size()];
      cumulated[airport] = new int[out.size()];
      int sum = 0;
      for (int i = 0; i < out.size(); i++) {
        targets[airport][i] = out.get(i)[0];
        sum += out.get(i)[1];
        cumulated[airport][i] = sum;
      }
    }
  }

  int airports() {
    return lat.length;
  }

  double lat(int airport) {
    return lat[airport];
  }

  double lon(int airport) {
    return lon[airport];
  }

  Country country(int airport) {
    return country[airport];
  }

  int routesFrom(int airport) {
    return targets[airport].length;
  }

  /** Where a flight from there goes: the oftener the more airlines fly it. */
  int drawTarget(int airport, Draws draws) {
    int[] weights = cumulated[airport];
    if (weights.length == 0) {
      return airport;
    }
    int at = draws.below(weights[weights.length - 1]);
    int i = 0;
    while (weights[i] <= at) {
      i++;
    }
    return targets[airport][i];
  }

  /** Gate to gate, at 850 km/h and 45 minutes for the rest. */
  long flightMillis(int from, int to) {
    return 45 * 60_000L + (long) (sphere.km(from, to) / 850 * 3_600_000);
  }
}
