package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Countries.BuiltIn;
import dev.sojourn.policy.CountrySet;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Verdict;
import dev.sojourn.value.Country;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How decisions and lists are said to a person. */
final class Words {
  private static final int SHOWN_MAX = 12;
  // Two countries are as well named as their group.
  private static final int GROUP_SIZE_MIN = 2;

  private Words() {}

  static String count(long count, String what) {
    String many = what.endsWith("s") ? what + "es" : what + "s";
    return count + " " + (count == 1 ? what : many);
  }

  /** Such as {@code stored}, {@code nearest} or {@code nearest, unseen}. */
  static String of(Decision decision) {
    if (decision.mayStore()) {
      return "stored";
    }
    boolean isUnseen = !decision.mayAccess() && decision.verdict() != Verdict.DENY;
    return decision.verdict().word() + (isUnseen ? ", unseen" : "");
  }

  /** The rule that decides or cannot be judged, or why there is none. */
  static String ground(Decision decision) {
    String rules = rules(decision);
    return rules.isEmpty() ? decision.ground().sentence() : rules;
  }

  /** Empty if no rule decides. */
  static String rules(Decision decision) {
    return Stream.concat(decision.deciding().stream(), decision.erring().stream())
        .map(RuleId::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The first few of {@code items}, and how many more there are. */
  static String list(List<String> items) {
    String shown = items.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "));
    int more = items.size() - SHOWN_MAX;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** By the names of built-in groups, as far as they are made of them; many by those left out. */
  static String countries(List<Country> residencies) {
    CountrySet countries = CountrySet.of(residencies);
    List<String> words = new ArrayList<>();
    boolean areMost = countries.size() > Countries.ALL.size() / 2;
    if (countries.equals(Countries.ALL)) {
      words.add("anywhere");
    } else if (areMost) {
      words.add("all but " + list(cover(Countries.ALL.minus(countries))));
    } else if (!countries.isEmpty()) {
      words.add(list(cover(countries)));
    }
    if (residencies.contains(Country.UNKNOWN)) {
      words.add("unknown");
    }
    return String.join(", and ", words);
  }

  /** The largest groups that are whole in it, and the rest one by one. */
  private static List<String> cover(CountrySet countries) {
    List<String> words = new ArrayList<>();
    CountrySet rest = countries;
    Optional<BuiltIn> largest = largestIn(rest);
    while (largest.isPresent()) {
      words.add(largest.get().name());
      rest = rest.minus(largest.get().countries());
      largest = largestIn(rest);
    }
    words.addAll(codes(rest));
    return words;
  }

  private static Optional<BuiltIn> largestIn(CountrySet countries) {
    return Countries.GROUPS.values().stream()
        .filter(group -> group.countries().size() > GROUP_SIZE_MIN)
        .filter(group -> countries.containsAll(group.countries()))
        .max(Comparator.comparingInt(group -> group.countries().size()));
  }

  private static ImmutableList<String> codes(CountrySet countries) {
    return countries.asList().stream().map(Country::code).collect(ImmutableList.toImmutableList());
  }
}
