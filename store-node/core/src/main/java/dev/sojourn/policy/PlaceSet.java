package dev.sojourn.policy;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * POPs by any of four marks: their country, whether it is the session's own, a label, their id.
 *
 * @param home whether POPs in the country of the session's residency belong
 */
public record PlaceSet(
    CountrySet countries, boolean home, ImmutableSet<String> labels, ImmutableSet<PopId> pops) {
  public static final PlaceSet NONE =
      new PlaceSet(CountrySet.NONE, false, ImmutableSet.of(), ImmutableSet.of());

  public static PlaceSet ofCountries(CountrySet countries) {
    return new PlaceSet(countries, false, ImmutableSet.of(), ImmutableSet.of());
  }

  public PlaceSet plus(PlaceSet other) {
    return new PlaceSet(
        countries.plus(other.countries),
        home || other.home,
        Sets.union(labels, other.labels).immutableCopy(),
        Sets.union(pops, other.pops).immutableCopy());
  }

  public boolean isEmpty() {
    return countries.isEmpty() && !home && labels.isEmpty() && pops.isEmpty();
  }

  /** Whether countries alone say who belongs. */
  public boolean isOfCountries() {
    return !home && labels.isEmpty() && pops.isEmpty();
  }

  /**
   * Whether {@code site} belongs for a session of this residency.
   *
   * @return empty if that cannot be told, since a country is unknown
   */
  public Optional<Boolean> contains(Site site, Country residency) {
    if (pops.contains(site.pop()) || !Sets.intersection(labels, site.labels()).isEmpty()) {
      return Optional.of(true);
    }
    boolean asksForCountry = home || !countries.isEmpty();
    if (!Countries.isKnown(site.country())) {
      return asksForCountry ? Optional.empty() : Optional.of(false);
    }
    if (countries.contains(site.country())) {
      return Optional.of(true);
    }
    if (home && !Countries.isKnown(residency)) {
      return Optional.empty();
    }
    return Optional.of(home && site.country().equals(residency));
  }
}
