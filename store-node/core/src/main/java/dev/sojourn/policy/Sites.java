package dev.sojourn.policy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.PopId;
import java.util.Locale;
import java.util.Optional;

/** The POPs in service that a policy is applied to, in the topology's order. Immutable. */
public record Sites(ImmutableMap<PopId, Site> byPop) {

  /**
   * @throws IllegalArgumentException if a POP is there twice
   */
  public static Sites of(Iterable<Site> sites) {
    ImmutableMap.Builder<PopId, Site> byPop = ImmutableMap.builder();
    for (Site site : sites) {
      byPop.put(site.pop(), site);
    }
    return new Sites(byPop.buildOrThrow());
  }

  /**
   * A POP in each country, without labels, named by the country's code in small letters: for
   * looking at a policy without a topology.
   */
  public static Sites oneInEachCountry() {
    return of(
        Countries.ALL.asList().stream()
            .map(
                country ->
                    new Site(
                        new PopId(country.code().toLowerCase(Locale.ROOT)),
                        country,
                        ImmutableSet.of()))
            .toList());
  }

  public Optional<Site> find(PopId pop) {
    return Optional.ofNullable(byPop.get(pop));
  }

  public ImmutableSet<String> labels() {
    return byPop.values().stream()
        .flatMap(site -> site.labels().stream())
        .collect(ImmutableSet.toImmutableSet());
  }
}
