package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.PopColumns.Column;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins two compiled policies of one namespace into tables of what both allow. */
final class StricterOfTwo {
  private final NamespacePolicy one;
  private final NamespacePolicy other;
  // Rows are shared by many residencies and classes, and so are their pairs.
  private final Map<Row, Map<Row, Row>> joined = new HashMap<>();

  StricterOfTwo(NamespacePolicy one, NamespacePolicy other) {
    this.one = one;
    this.other = other;
  }

  NamespacePolicy compile() {
    int width = other.classes().size();
    ImmutableList<DataClass> pairs = pairs(width);
    Row[] rows = new Row[CountrySet.CODES * pairs.size()];
    for (int residency = 0; residency < CountrySet.CODES; residency++) {
      for (int pair = 0; pair < pairs.size(); pair++) {
        Row mine = one.row(residency, pair / width);
        Row others = other.row(residency, pair % width);
        rows[residency * pairs.size() + pair] =
            joined
                .computeIfAbsent(mine, any -> new HashMap<>())
                .computeIfAbsent(others, any -> join(mine, others));
      }
    }
    Classifier classifier =
        (field, label) ->
            pairs.get(
                one.classOf(field, label).position() * width
                    + other.classOf(field, label).position());
    long graceMillis = Math.min(one.graceMillis(), other.graceMillis());
    return new NamespacePolicy(pairs, classifier, one.columns(), graceMillis, rows);
  }

  private ImmutableList<DataClass> pairs(int width) {
    ImmutableList.Builder<DataClass> pairs = ImmutableList.builder();
    for (DataClass mine : one.classes()) {
      for (DataClass others : other.classes()) {
        String name =
            mine.name().equals(others.name()) ? mine.name() : mine.name() + " and " + others.name();
        pairs.add(
            new DataClass(
                name,
                mine.position() * width + others.position(),
                mine.sensitive() || others.sensitive(),
                ImmutableList.of(),
                mine.span()));
      }
    }
    return pairs.build();
  }

  private Row join(Row mine, Row others) {
    return new Row(
        one.columns(),
        (column, isHome) -> {
          @Nullable Column there = other.columns().find(column.site().pop());
          Decision theirs =
              there == null ? Decision.deny(Ground.UNKNOWN_POP) : others.at(there, isHome);
          return mine.at(column, isHome).stricter(theirs);
        });
  }
}
