package dev.sojourn.sim.place;

import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;

/**
 * A POP as the simulator knows it.
 *
 * @param city for people; may be empty
 * @param country ISO 3166-1 alpha-2, or empty where nobody said
 * @param continent {@code AF AS EU NA OC SA}, or empty where it does not follow from the country
 * @param lat degrees north
 * @param lon degrees east
 */
public record Site(
    PopId id, String city, String country, String continent, double lat, double lon) {
  /** Whose law holds there. */
  public Country law() {
    return countryOf(country);
  }

  /** Of a code out of a table; {@link Country#UNKNOWN} where it says none. */
  public static Country countryOf(String code) {
    return code.length() == 2 ? new Country(code) : Country.UNKNOWN;
  }
}
