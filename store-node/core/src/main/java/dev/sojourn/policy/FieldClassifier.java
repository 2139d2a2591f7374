package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field falls to the first class that claims it: by a pattern, or by the application's label. */
final class FieldClassifier implements Classifier {
  private final ImmutableMap<String, DataClass> byName;
  private final ImmutableMap<String, DataClass> byLiteral;
  // In the order of their classes.
  private final ImmutableList<Wildcard> wildcards;
  private final DataClass rest;
  private final DataClass undeclared;

  private record Wildcard(FieldPattern pattern, DataClass dataClass) {}

  /**
   * @param classes of a policy, {@code default} last
   */
  FieldClassifier(ImmutableList<DataClass> classes, DataClass undeclared) {
    Map<String, DataClass> literals = new HashMap<>();
    ImmutableList.Builder<Wildcard> found = ImmutableList.builder();
    for (DataClass each : classes) {
      for (FieldPattern pattern : each.patterns()) {
        if (pattern.isLiteral()) {
          literals.putIfAbsent(pattern.text(), each);
        } else {
          found.add(new Wildcard(pattern, each));
        }
      }
    }
    this.byName = classes.stream().collect(ImmutableMap.toImmutableMap(DataClass::name, c -> c));
    this.byLiteral = ImmutableMap.copyOf(literals);
    this.wildcards = found.build();
    this.rest = classes.get(classes.size() - 1);
    this.undeclared = undeclared;
  }

  @Override
  public DataClass classOf(String field, String label) {
    DataClass labelled = label.isEmpty() ? rest : byName.get(label);
    DataClass first = earlier(byLiteral.get(field), labelled);
    for (Wildcard wildcard : wildcards) {
      if (first != null && first.position() <= wildcard.dataClass().position()) {
        break;
      }
      if (wildcard.pattern().fits(field)) {
        return wildcard.dataClass();
      }
    }
    return first == null ? undeclared : first;
  }

  private static @Nullable DataClass earlier(@Nullable DataClass one, @Nullable DataClass other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.position() <= other.position() ? one : other;
  }
}
