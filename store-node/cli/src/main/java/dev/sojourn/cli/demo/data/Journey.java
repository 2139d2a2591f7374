package dev.sojourn.cli.demo.data;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's journeys in order; the first stop is where the session is born.
 *
 * @param role what the person was, such as {@code president}; names are left out
 */
public record Journey(int traveller, String role, List<Stop> stops) {
  public Journey {
    stops = List.copyOf(stops);
    if (stops.isEmpty()) {
      throw new IllegalArgumentException("a journey has at least one stop");
    }
  }

  /** The journeys of the demo, each stop at the nearest of {@code sites}. */
  public static List<Journey> all(List<Site> sites) {
    return of("journeys.csv", sites);
  }

  /** The journey of the demo's second act, which is made up. */
  public static Journey story(List<Site> sites) {
    return of("story.csv", sites).get(0);
  }

  private static List<Journey> of(String resource, List<Site> sites) {
    List<Journey> journeys = new ArrayList<>();
    List<Stop> stops = new ArrayList<>();
    String[] previous = new String[0];
    for (String[] row : Table.rowsOf(resource, "traveller,role,day,place,country,lat,lon")) {
      if (previous.length > 0 && !previous[0].equals(row[0])) {
        journeys.add(new Journey(Integer.parseInt(previous[0]), previous[1], stops));
        stops.clear();
      }
      Site site = Site.nearest(sites, Double.parseDouble(row[5]), Double.parseDouble(row[6]));
      stops.add(new Stop(LocalDate.parse(row[2]), row[3], row[4], site));
      previous = row;
    }
    journeys.add(new Journey(Integer.parseInt(previous[0]), previous[1], stops));
    return List.copyOf(journeys);
  }

  /** How often the traveller arrives at another POP than the one before. */
  public int popChanges() {
    int changes = 0;
    for (int i = 1; i < stops.size(); i++) {
      if (!stops.get(i).site().equals(stops.get(i - 1).site())) {
        changes++;
      }
    }
    return changes;
  }

  /** Such as {@code president, 1918-1919}. */
  public String title() {
    int first = stops.get(0).day().getYear();
    int last = stops.get(stops.size() - 1).day().getYear();
    return role + ", " + first + (first == last ? "" : "-" + last);
  }
}
