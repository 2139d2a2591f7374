package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Country;
import java.util.Optional;

/**
 * Where a rule lets data be: what belongs, without what is taken out.
 *
 * @param words as the file writes them, for explanations
 */
public record Places(ImmutableList<Word> words, PlaceSet included, PlaceSet excluded) {

  /**
   * Whether {@code site} is among them for a session of this residency.
   *
   * @return empty if that cannot be told, since a country is unknown
   */
  public Optional<Boolean> contains(Site site, Country residency) {
    Optional<Boolean> in = included.contains(site, residency);
    Optional<Boolean> out = excluded.contains(site, residency);
    boolean isOutside = (in.isPresent() && !in.get()) || (out.isPresent() && out.get());
    if (isOutside) {
      return Optional.of(false);
    }
    return in.isPresent() && out.isPresent() ? Optional.of(true) : Optional.empty();
  }

  /** Whether the answer can differ with the session's residency. */
  boolean dependOnResidency() {
    return included.home() || excluded.home();
  }

  @Override
  public String toString() {
    return Word.join(words);
  }
}
