package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.CountrySet;
import dev.sojourn.policy.PlaceSet;
import dev.sojourn.policy.Places;
import dev.sojourn.policy.Residencies;
import dev.sojourn.policy.Word;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the words for places mean: {@code NO}, {@code eea}, {@code anywhere}, {@code home}, {@code
 * label:west}, {@code pop:sjc}, each of them also with {@code not} before it.
 */
final class PlaceWords {
  static final String ANYWHERE = "anywhere";
  static final String HOME = "home";
  static final String UNKNOWN = "unknown";
  static final ImmutableSet<String> RESERVED =
      ImmutableSet.of(ANYWHERE, HOME, UNKNOWN, "not", "label", "pop", "nowhere", "default");

  private static final int GROUPS_SHOWN_MAX = 4;
  private static final String NOT = "not ";
  private static final String LABEL = "label:";
  private static final String POP = "pop:";
  private static final Pattern CODE = Pattern.compile("[A-Z]{2}");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  // What YAML 1.1 takes for a boolean, and tools that rewrite files leave in Norway's place.
  private static final ImmutableSet<String> BOOLEANS =
      ImmutableSet.of("no", "false", "n", "off", "yes", "true", "y", "on");

  private final GroupReader groups;

  PlaceWords(GroupReader groups) {
    this.groups = groups;
  }

  /** Where a list of words stands, and what may therefore be said in it. */
  private enum Use {
    GROUP,
    RESIDENCY,
    RULE
  }

  /** The list of a rule's {@code store} or {@code access}; empty if absent or of no use. */
  Optional<Places> places(YamlValue list) {
    Optional<Places> places = read(list, Use.RULE);
    boolean isNobody =
        places.isPresent()
            && places.get().included().isOfCountries()
            && places.get().excluded().countries().containsAll(places.get().included().countries());
    if (isNobody) {
      list.refuse("nobody is in " + quote(places.get().words()), "name a country, or `anywhere`");
      return Optional.empty();
    }
    return places;
  }

  /** The members of a group; their {@code excluded} is empty. */
  Optional<Places> group(YamlValue list) {
    Optional<Places> read = read(list, Use.GROUP);
    if (read.isEmpty()) {
      return read;
    }
    PlaceSet in = read.get().included();
    CountrySet rest = in.countries().minus(read.get().excluded().countries());
    PlaceSet members = new PlaceSet(rest, false, in.labels(), in.pops());
    if (members.isEmpty()) {
      list.refuse("nobody is in this group", "name a country, a label or a POP");
      return Optional.empty();
    }
    return Optional.of(new Places(read.get().words(), members, PlaceSet.NONE));
  }

  /** The list of a rule's {@code when.residency}. */
  Optional<Residencies> residencies(YamlValue list) {
    boolean namesUnknown =
        list.isPresent() && list.listOrOne().stream().anyMatch(PlaceWords::isUnknown);
    Optional<Places> read = read(list, Use.RESIDENCY);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    CountrySet countries =
        read.get().included().countries().minus(read.get().excluded().countries());
    if (countries.isEmpty() && !namesUnknown) {
      list.refuse(
          "nobody lives in " + quote(read.get().words()),
          "name a country, or leave `residency` out for all");
      return Optional.empty();
    }
    return Optional.of(new Residencies(read.get().words(), countries, namesUnknown));
  }

  private static boolean isUnknown(YamlValue item) {
    return item.isText() && item.text().equals(Optional.of(UNKNOWN));
  }

  private Optional<Places> read(YamlValue list, Use use) {
    if (!list.isPresent()) {
      return Optional.empty();
    }
    ImmutableList.Builder<Word> words = ImmutableList.builder();
    PlaceSet included = PlaceSet.NONE;
    PlaceSet excluded = PlaceSet.NONE;
    boolean isSound = true;
    boolean hasPositive = false;
    ImmutableList<YamlValue> items = list.listOrOne();
    for (YamlValue item : items) {
      Optional<String> text = item.text();
      boolean isExcluded = text.isPresent() && text.get().startsWith(NOT);
      Optional<PlaceSet> meant =
          text.flatMap(
              each ->
                  isExcluded
                      ? exclusion(item, each.substring(NOT.length()).strip(), use)
                      : meaning(item, each, use));
      isSound &= meant.isPresent();
      if (meant.isPresent()) {
        words.add(new Word(text.orElse(""), item.span()));
        hasPositive |= !isExcluded;
        included = isExcluded ? included : included.plus(meant.get());
        excluded = isExcluded ? excluded.plus(meant.get()) : excluded;
      }
    }
    if (items.isEmpty() || (isSound && !hasPositive)) {
      list.refuse(
          items.isEmpty() ? "an empty list" : "a list that only takes away",
          "name who is in it; `anywhere` is everybody");
      return Optional.empty();
    }
    return isSound ? Optional.of(new Places(words.build(), included, excluded)) : Optional.empty();
  }

  private Optional<PlaceSet> exclusion(YamlValue item, String text, Use use) {
    if (text.equals(UNKNOWN)) {
      item.refuse(
          "`not unknown` cannot stand here", "the unknown is in no list that does not name it");
      return Optional.empty();
    }
    Optional<PlaceSet> meant = meaning(item, text, use);
    if (use == Use.GROUP && meant.isPresent() && !meant.get().isOfCountries()) {
      item.refuse(
          "`not " + text + "` cannot stand here",
          "a group takes away countries only; say this in the rule");
      return Optional.empty();
    }
    return meant;
  }

  private Optional<PlaceSet> meaning(YamlValue item, String text, Use use) {
    if (text.equals(ANYWHERE)) {
      return Optional.of(PlaceSet.ofCountries(Countries.ALL));
    }
    if (text.equals(HOME) || text.equals(UNKNOWN)) {
      return keyword(item, text, use);
    }
    if (text.startsWith(LABEL) || text.startsWith(POP)) {
      return site(item, text, use);
    }
    if (CODE.matcher(text).matches() && Countries.isKnown(new Country(text))) {
      return Optional.of(PlaceSet.ofCountries(CountrySet.of(ImmutableList.of(new Country(text)))));
    }
    if (groups.knows(text)) {
      Optional<PlaceSet> members = groups.resolve(text, item);
      if (use == Use.RESIDENCY && members.isPresent() && !members.get().isOfCountries()) {
        item.refuse(
            "group `" + text + "` has labels or POPs in it, and users live in countries",
            "make a group of countries alone");
        return Optional.empty();
      }
      return members;
    }
    refuseUnknown(item, text);
    return Optional.empty();
  }

  private static Optional<PlaceSet> keyword(YamlValue item, String text, Use use) {
    if (text.equals(HOME) && use == Use.RULE) {
      return Optional.of(new PlaceSet(CountrySet.NONE, true, ImmutableSet.of(), ImmutableSet.of()));
    }
    if (text.equals(UNKNOWN) && use == Use.RESIDENCY) {
      return Optional.of(PlaceSet.NONE);
    }
    item.refuse(
        "`" + text + "` cannot stand here",
        text.equals(HOME)
            ? "it is the session's own country, and has its place in `store` and `access`"
            : "name a POP of unknown country by its id, as `pop:ID`");
    return Optional.empty();
  }

  private static Optional<PlaceSet> site(YamlValue item, String text, Use use) {
    String name = text.substring(text.indexOf(':') + 1).strip();
    boolean isLabel = text.startsWith(LABEL);
    boolean isLawful = isLabel ? LABEL_NAME.matcher(name).matches() : PopId.isLawful(name);
    if (use == Use.RESIDENCY || !isLawful) {
      item.refuse(
          "`" + text + "` " + (isLawful ? "is no place where users live" : "has no lawful name"),
          isLawful
              ? "name countries, or groups of them"
              : "write `label:` or `pop:` and a word of a-z, 0-9 and -");
      return Optional.empty();
    }
    return Optional.of(
        isLabel
            ? new PlaceSet(CountrySet.NONE, false, ImmutableSet.of(name), ImmutableSet.of())
            : new PlaceSet(
                CountrySet.NONE, false, ImmutableSet.of(), ImmutableSet.of(new PopId(name))));
  }

  private void refuseUnknown(YamlValue item, String text) {
    String message = "unknown region `" + text + "`";
    Optional<String> meant = Countries.meantBy(text);
    if (BOOLEANS.contains(text.toLowerCase(Locale.ROOT))) {
      item.refuse(
          message,
          "Norway is `NO`, in capitals; other tools take it for a boolean, write `\"NO\"`");
    } else if (text.equals("ZZ")) {
      item.refuse(message, "a residency that nobody knows is `unknown`");
    } else if (meant.isPresent()) {
      item.refuse(message, "did you mean `" + meant.get() + "`?");
    } else {
      item.refuseUnknown(
          "region",
          text,
          Iterables.concat(
              groups.names(),
              ImmutableList.of(ANYWHERE, HOME, UNKNOWN),
              Iterables.transform(Countries.ALL.asList(), Country::code)),
          "a region is a country such as `NO`, a group such as `"
              + String.join("`, `", Iterables.limit(groups.names(), GROUPS_SHOWN_MAX))
              + "`, or `anywhere`");
    }
  }

  private static String quote(ImmutableList<Word> words) {
    return "`" + String.join(", ", Iterables.transform(words, Word::text)) + "`";
  }
}
