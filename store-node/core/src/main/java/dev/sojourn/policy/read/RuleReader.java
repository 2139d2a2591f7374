package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Otherwise;
import dev.sojourn.policy.Places;
import dev.sojourn.policy.Residencies;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One rule of a namespace. */
final class RuleReader {
  private static final ImmutableMap<String, Otherwise> OTHERWISE =
      Arrays.stream(Otherwise.values())
          .collect(ImmutableMap.toImmutableMap(Otherwise::word, each -> each));

  private final PlaceWords places;
  private final ImmutableList<String> classes;

  RuleReader(PlaceWords places, ImmutableList<DataClass> classes) {
    this.places = places;
    this.classes = ImmutableList.copyOf(Lists.transform(classes, DataClass::name));
  }

  /**
   * Empty if anything is wrong with it.
   *
   * @param seen the ids of the namespace so far; this rule's is added
   */
  Optional<Rule> read(YamlFields fields, Map<RuleId, YamlValue> seen) {
    YamlValue idValue = fields.require("id");
    Optional<RuleId> id = idValue.text(RuleId::new);
    Optional<String> why = fields.require("why").text(RuleReader::why);
    Optional<YamlFields> when = fields.get("when").mapping();
    Optional<Residencies> residencies =
        when.flatMap(each -> places.residencies(each.get("residency")));
    ImmutableSet<String> named =
        when.map(each -> named(each.get("class"))).orElse(ImmutableSet.of());
    when.ifPresent(YamlFields::finish);
    Optional<Places> store = places.places(fields.require("store"));
    YamlValue accessValue = fields.get("access");
    Optional<Places> access = accessValue.isPresent() ? places.places(accessValue) : store;
    Otherwise otherwise = fields.get("else").choice("action", OTHERWISE).orElse(Otherwise.DENY);
    fields.finish();
    id.ifPresent(each -> refuseSecond(each, idValue, seen));
    if (id.isEmpty() || why.isEmpty() || store.isEmpty() || access.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            id.get(),
            why.get(),
            residencies,
            named,
            store.get(),
            access.get(),
            otherwise,
            idValue.span()));
  }

  private ImmutableSet<String> named(YamlValue value) {
    if (!value.isPresent()) {
      return ImmutableSet.of();
    }
    Set<String> named = new LinkedHashSet<>();
    ImmutableList<YamlValue> items = value.listOrOne();
    for (YamlValue item : items) {
      Optional<String> name = item.text();
      if (name.isPresent() && !classes.contains(name.get())) {
        item.refuseUnknown(
            "class", name.get(), classes, "known here: " + String.join(", ", classes));
      }
      name.ifPresent(named::add);
    }
    if (items.isEmpty()) {
      value.refuse("an empty list", "name a class, or leave `class` out for all");
    }
    return ImmutableSet.copyOf(named);
  }

  private static void refuseSecond(RuleId id, YamlValue value, Map<RuleId, YamlValue> seen) {
    YamlValue first = seen.putIfAbsent(id, value);
    if (first != null) {
      value.refuse(
          "rule `" + id + "` a second time",
          "it stands on line " + first.span().line() + " already; give each rule its own id");
    }
  }

  private static String why(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      throw new IllegalArgumentException("say which duty the rule models");
    }
    return line;
  }
}
