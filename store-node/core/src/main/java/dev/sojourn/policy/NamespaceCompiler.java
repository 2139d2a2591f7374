package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.PopColumns.Column;
import dev.sojourn.value.Country;
import dev.sojourn.yaml.Span;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the tables of one namespace. */
final class NamespaceCompiler {
  /** Not a name that a policy can declare. */
  static final String UNDECLARED = "(undeclared)";

  // Two countries, so that one of them is never the POP's own.
  private static final Country ANY = new Country("FR");
  private static final Country OTHER = new Country("JP");

  private final ImmutableList<DataClass> classes;
  private final PopColumns columns;
  private final Map<RowKey, Row> rows = new HashMap<>();

  /**
   * @param rule its place, or a negative number where none speaks
   */
  private record RowKey(int rule, boolean isResidencyKnown) {}

  NamespaceCompiler(ImmutableList<DataClass> classes, PopColumns columns) {
    this.classes = classes;
    this.columns = columns;
  }

  NamespacePolicy compileSilence() {
    return compile(ImmutableList.of(), Ruleset.GRACE_MILLIS_DEFAULT);
  }

  NamespacePolicy compile(Ruleset ruleset) {
    return compile(ruleset.rules(), ruleset.graceMillis());
  }

  private NamespacePolicy compile(ImmutableList<Rule> rules, long graceMillis) {
    DataClass undeclared =
        new DataClass(UNDECLARED, classes.size(), true, ImmutableList.of(), Span.START);
    ImmutableList<DataClass> all =
        ImmutableList.<DataClass>builder().addAll(classes).add(undeclared).build();
    Row[] table = new Row[CountrySet.CODES * all.size()];
    Row none = new Row(columns, (column, isHome) -> Decision.deny(Ground.UNDECLARED_CLASS));
    for (DataClass each : classes) {
      FirstFit fit = fit(rules, each);
      for (int slot = 0; slot < CountrySet.CODES; slot++) {
        Country residency = CountrySet.country(slot);
        table[slot * all.size() + each.position()] =
            row(rules, fit.ruleFor(residency), each, Countries.isKnown(residency));
        table[slot * all.size() + undeclared.position()] = none;
      }
    }
    return new NamespacePolicy(
        all, new FieldClassifier(classes, undeclared), columns, graceMillis, table);
  }

  private static FirstFit fit(ImmutableList<Rule> rules, DataClass dataClass) {
    FirstFit fit = new FirstFit();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).speaksOf(dataClass.name())) {
        fit.take(i, rules.get(i), new BitSet());
      }
    }
    return fit;
  }

  private Row row(
      ImmutableList<Rule> rules, OptionalInt index, DataClass dataClass, boolean isKnown) {
    int key = index.orElse(dataClass.sensitive() ? -1 : -2);
    return rows.computeIfAbsent(
        new RowKey(key, isKnown),
        any -> {
          if (index.isEmpty()) {
            return new Row(columns, (column, isHome) -> silence(dataClass, isKnown, column.site()));
          }
          Rule rule = rules.get(index.getAsInt());
          return new Row(columns, (column, isHome) -> judge(rule, isKnown, column, isHome));
        });
  }

  private static Decision silence(DataClass dataClass, boolean isResidencyKnown, Site site) {
    if (dataClass.sensitive()) {
      return Decision.deny(Ground.SILENT_SENSITIVE);
    }
    if (!isResidencyKnown) {
      return Decision.deny(Ground.UNKNOWN_RESIDENCY);
    }
    return Countries.isKnown(site.country())
        ? Decision.open()
        : Decision.deny(Ground.UNKNOWN_COUNTRY);
  }

  private static Decision judge(
      Rule rule, boolean isResidencyKnown, Column column, boolean isHome) {
    Site site = column.site();
    Country elsewhere = site.country().equals(ANY) ? OTHER : ANY;
    Country residency = !isResidencyKnown ? Country.UNKNOWN : isHome ? site.country() : elsewhere;
    Optional<Boolean> mayStore = rule.store().contains(site, residency);
    Optional<Boolean> mayAccess = rule.access().contains(site, residency);
    boolean isAsked = isResidencyKnown || rule.residencies().map(Residencies::unknown).orElse(true);
    if (!isAsked || mayStore.isEmpty() || mayAccess.isEmpty()) {
      boolean isResidency = !isAsked || Countries.isKnown(site.country());
      return Decision.err(
          isResidency ? Ground.UNKNOWN_RESIDENCY : Ground.UNKNOWN_COUNTRY, rule.id());
    }
    return Decision.of(rule, mayStore.get(), mayAccess.get());
  }
}
