package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Country;

/**
 * The sessions that a rule asks for, by their residency.
 *
 * @param words as the file writes them, for explanations
 * @param unknown whether sessions of unknown residency are named as well
 */
public record Residencies(ImmutableList<Word> words, CountrySet countries, boolean unknown) {

  /** Whether a session of this residency is asked for, as far as that can be told. */
  public boolean contains(Country residency) {
    return Countries.isKnown(residency) ? countries.contains(residency) : unknown;
  }

  @Override
  public String toString() {
    return Word.join(words);
  }
}
