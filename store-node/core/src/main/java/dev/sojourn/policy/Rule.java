package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.Country;
import dev.sojourn.yaml.Span;
import java.util.Optional;

/**
 * One rule: for sessions of these residencies, data of these classes may be stored there and
 * accessed from there; elsewhere, this happens.
 *
 * @param why the duty that it models, in a person's words
 * @param residencies empty: every session, also of unknown residency
 * @param classes empty: every class
 * @param access a superset of {@code store}; data is seen where it is stored
 * @param span of the rule's id
 */
public record Rule(
    RuleId id,
    String why,
    Optional<Residencies> residencies,
    ImmutableSet<String> classes,
    Places store,
    Places access,
    Otherwise otherwise,
    Span span) {

  /** Whether it speaks of the class of this name. */
  public boolean speaksOf(String dataClass) {
    return classes.isEmpty() || classes.contains(dataClass);
  }

  /** Whether it can be judged for a session of this residency, and then whether it fits. */
  public Optional<Boolean> asksFor(Country residency) {
    if (residencies.isEmpty() || residencies.get().contains(residency)) {
      return Optional.of(true);
    }
    return Countries.isKnown(residency) ? Optional.of(false) : Optional.empty();
  }

  /**
   * Residencies that between them show all that the rule says of POPs in {@code country}: that
   * country itself, where it is asked for, and another.
   */
  public ImmutableList<Country> representatives(Country country) {
    CountrySet asked = residencies.map(Residencies::countries).orElse(Countries.ALL);
    ImmutableList.Builder<Country> representatives = ImmutableList.builder();
    if (asked.contains(country)) {
      representatives.add(country);
    }
    boolean isOneEnough =
        asked.contains(country) && !store.dependOnResidency() && !access.dependOnResidency();
    if (!isOneEnough) {
      asked.minus(CountrySet.of(ImmutableList.of(country))).first().ifPresent(representatives::add);
    }
    return representatives.build();
  }
}
