package dev.sojourn.policy.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.FieldPattern;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Kinds of fields that two policies may treat differently: by the class that each gives them. */
public final class FieldKinds {
  /** Stands for what a star takes; no name that people choose. */
  private static final String ANY = "\u2026";

  private static final int PAIRS_MAX = 40_000;

  private FieldKinds() {}

  /**
   * Fields that have these classes.
   *
   * @param examples patterns or labels of such fields; none if all other fields are meant
   */
  public record Kind(DataClass before, DataClass after, ImmutableList<String> examples) {

    /** Such as {@code identity}, or {@code identity -> cart} for fields that change their class. */
    public String title() {
      return before.name().equals(after.name())
          ? before.name()
          : before.name() + " -> " + after.name();
    }
  }

  private record Classes(DataClass before, DataClass after) {}

  static ImmutableList<Kind> of(Policy before, Policy after) {
    NamespacePolicy older = anyOf(before);
    NamespacePolicy newer = anyOf(after);
    SetMultimap<Classes, String> kinds = LinkedHashMultimap.create();
    ImmutableSet<String> labels =
        ImmutableSet.<String>builder().addAll(names(before)).addAll(names(after)).build();
    for (String label : labels) {
      kinds.put(
          new Classes(older.classOf(ANY, label), newer.classOf(ANY, label)), "label " + label);
    }
    for (FieldPattern pattern : patterns(before, after)) {
      put(kinds, older, newer, pattern.text().replace("*", ANY), pattern.text());
    }
    List<FieldPattern> wild = patterns(before, after);
    wild.removeIf(FieldPattern::isLiteral);
    int pairs = 0;
    for (FieldPattern one : wild) {
      for (FieldPattern other : wild) {
        String both = one.text().replace("*", other.text().replace("*", ANY));
        if (pairs++ < PAIRS_MAX && !one.equals(other) && one.fits(both) && other.fits(both)) {
          put(kinds, older, newer, both, both.replace(ANY, "*"));
        }
      }
    }
    return kinds.keySet().stream()
        .map(each -> new Kind(each.before(), each.after(), ImmutableList.copyOf(kinds.get(each))))
        .collect(ImmutableList.toImmutableList());
  }

  private static void put(
      SetMultimap<Classes, String> kinds,
      NamespacePolicy older,
      NamespacePolicy newer,
      String field,
      String example) {
    kinds.put(new Classes(older.classOf(field, ""), newer.classOf(field, "")), example);
  }

  /** Classes are the same in all namespaces. */
  private static NamespacePolicy anyOf(Policy policy) {
    return CompiledPolicy.compile(policy, Sites.of(ImmutableList.of())).of(new Namespace("any"));
  }

  private static List<String> names(Policy policy) {
    return policy.classes().stream().map(DataClass::name).toList();
  }

  private static List<FieldPattern> patterns(Policy before, Policy after) {
    Set<String> seen = new LinkedHashSet<>();
    List<FieldPattern> patterns = new ArrayList<>();
    for (Policy policy : ImmutableList.of(before, after)) {
      for (DataClass dataClass : policy.classes()) {
        for (FieldPattern pattern : dataClass.patterns()) {
          if (seen.add(pattern.text())) {
            patterns.add(pattern);
          }
        }
      }
    }
    return patterns;
  }
}
