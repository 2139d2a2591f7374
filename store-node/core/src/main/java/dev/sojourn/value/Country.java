package dev.sojourn.value;

import java.util.regex.Pattern;

/** A country by its two-letter code of ISO 3166-1 in capitals, or {@link #UNKNOWN}. */
public record Country(String code) {
  // Before UNKNOWN, whose constructor needs it.
  private static final Pattern LAWFUL = Pattern.compile("[A-Z]{2}");

  /** The user-assigned code that stands for a country that nobody could tell. */
  public static final Country UNKNOWN = new Country("ZZ");

  /**
   * @throws IllegalArgumentException if {@code code} is not two capital letters
   */
  public Country {
    if (!LAWFUL.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "`" + code + "` is not a country: two capital letters of ISO 3166-1, such as `US`");
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
