package dev.sojourn.policy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import dev.sojourn.value.Country;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The countries of ISO 3166-1 and the groups made of them, from {@code countries.csv}. */
public final class Countries {
  /** The day whose memberships and decisions the built-in groups show. */
  public static final LocalDate AS_OF = LocalDate.of(2026, 11, 23);

  private static final ImmutableList<Row> ROWS = read();

  /** Every country that there is; what a policy calls {@code anywhere}. */
  public static final CountrySet ALL = where(row -> true);

  /** The groups that every policy knows, unless it defines one of the same name. */
  public static final ImmutableMap<String, BuiltIn> GROUPS = groups();

  private static final ImmutableMap<String, String> BY_NAME =
      ROWS.stream().collect(ImmutableMap.toImmutableMap(Row::name, row -> row.country().code()));

  /** Codes that people write and ISO 3166-1 does not have. */
  private static final ImmutableMap<String, String> SLIPS =
      ImmutableMap.of("UK", "GB", "EL", "GR", "EU", "eu");

  private Countries() {}

  /**
   * A group of countries that needs no definition.
   *
   * @param meaning for a person
   */
  public record BuiltIn(String name, CountrySet countries, String meaning) {}

  private record Row(
      Country country, String name, String continent, String bloc, String adequacy) {}

  /** Whether it is one of ISO 3166-1, rather than unknown or made up. */
  public static boolean isKnown(Country country) {
    return ALL.contains(country);
  }

  /** Such as {@code Norway}; the code itself if there is no such country. */
  public static String nameOf(Country country) {
    return ROWS.stream()
        .filter(row -> row.country().equals(country))
        .map(Row::name)
        .findFirst()
        .orElse(country.code());
  }

  /** What stands for {@code text} in a policy, if it is a country's name or a usual slip. */
  public static Optional<String> meantBy(String text) {
    return Optional.ofNullable(SLIPS.get(text))
        .or(
            () ->
                BY_NAME.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(text))
                    .map(entry -> entry.getValue())
                    .findFirst());
  }

  private static ImmutableMap<String, BuiltIn> groups() {
    // Canada's decision is for commercial organisations, that of the United States for those in the
    // Data Privacy Framework: nothing that a country alone can tell.
    Predicate<Row> isPartial = row -> row.country().code().equals("CA") || isUnitedStates(row);
    Predicate<Row> hasDecision = row -> !row.adequacy().isEmpty();
    List<BuiltIn> groups = new ArrayList<>();
    add(groups, "eu", row -> row.bloc().equals("eu"), "member states of the European Union");
    add(
        groups,
        "eea",
        row -> !row.bloc().isEmpty(),
        "the European Economic Area: eu, Iceland, Liechtenstein, Norway");
    add(
        groups,
        "adequate",
        hasDecision.and(isPartial.negate()),
        "countries with a GDPR adequacy decision for the whole country");
    add(
        groups,
        "adequate-partly",
        hasDecision.and(isPartial),
        "countries whose adequacy decision covers some organisations only");
    add(groups, "africa", row -> row.continent().equals("AF"), "a continent");
    add(groups, "antarctica", row -> row.continent().equals("AN"), "a continent");
    add(groups, "asia", row -> row.continent().equals("AS"), "a continent");
    add(groups, "europe", row -> row.continent().equals("EU"), "a continent");
    add(groups, "north-america", row -> row.continent().equals("NA"), "a continent");
    add(groups, "oceania", row -> row.continent().equals("OC"), "a continent");
    add(groups, "south-america", row -> row.continent().equals("SA"), "a continent");
    return groups.stream().collect(ImmutableMap.toImmutableMap(BuiltIn::name, group -> group));
  }

  private static boolean isUnitedStates(Row row) {
    return row.country().code().equals("US");
  }

  private static void add(List<BuiltIn> groups, String name, Predicate<Row> which, String meaning) {
    groups.add(new BuiltIn(name, where(which), meaning));
  }

  private static CountrySet where(Predicate<Row> which) {
    return CountrySet.of(ROWS.stream().filter(which).map(Row::country).toList());
  }

  private static ImmutableList<Row> read() {
    try {
      String text =
          Resources.toString(
              Resources.getResource(Countries.class, "countries.csv"), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("iso2,"))
          .map(line -> Splitter.on(',').splitToList(line))
          .map(
              cells ->
                  new Row(
                      new Country(cells.get(0)),
                      cells.get(1),
                      cells.get(2),
                      cells.get(3),
                      cells.get(4)))
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new IllegalStateException("the list of countries is missing from the jar", e);
    }
  }
}
