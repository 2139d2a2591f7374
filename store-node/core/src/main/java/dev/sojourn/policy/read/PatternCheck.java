package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.FieldPattern;
import dev.sojourn.policy.Policy;
import dev.sojourn.yaml.YamlProblems;
import java.util.HashMap;
import java.util.Map;

/** Fields that several classes claim: the first has them, and its author should know. */
final class PatternCheck {
  private final Policy policy;
  private final YamlProblems problems;

  PatternCheck(Policy policy, YamlProblems problems) {
    this.policy = policy;
    this.problems = problems;
  }

  void run() {
    for (DataClass later : policy.classes()) {
      Map<String, FieldPattern> own = new HashMap<>();
      for (FieldPattern pattern : later.patterns()) {
        if (own.putIfAbsent(pattern.text(), pattern) != null) {
          problems.warn(pattern.span(), "pattern `" + pattern + "` a second time", "leave it out");
        } else {
          compareWithEarlier(later, pattern);
        }
      }
    }
  }

  private void compareWithEarlier(DataClass later, FieldPattern pattern) {
    ImmutableList<DataClass> earlier = policy.classes().subList(0, later.position());
    for (DataClass each : earlier) {
      if (each.patterns().stream().anyMatch(taker -> taker.fitsAllOf(pattern))) {
        problems.add(
            pattern.span(),
            "pattern `" + pattern + "` fits nothing: class `" + each.name() + "` has taken all",
            "put `" + later.name() + "` above `" + each.name() + "`, or leave it out");
        return;
      }
    }
    for (DataClass each : earlier) {
      for (FieldPattern taker : each.patterns()) {
        if (!isException(later, pattern, each, taker) && overlap(taker, pattern)) {
          problems.warn(
              pattern.span(),
              "pattern `"
                  + pattern
                  + "` of `"
                  + later.name()
                  + "` overlaps `"
                  + taker
                  + "` of `"
                  + each.name()
                  + "`, which has what fits both",
              "make one of them narrower, or put `"
                  + later.name()
                  + "` above `"
                  + each.name()
                  + "`");
          return;
        }
      }
    }
  }

  /**
   * One name taken out of a later, wider pattern is what the order is for, unless it is taken from
   * a class that is more protected.
   */
  private static boolean isException(
      DataClass later, FieldPattern pattern, DataClass earlier, FieldPattern taker) {
    return pattern.fitsAllOf(taker) && (earlier.sensitive() || !later.sensitive());
  }

  private static boolean overlap(FieldPattern one, FieldPattern other) {
    return mayOverlap(one, other) && one.overlaps(other);
  }

  /** Cheap, and wrong on one side only: the literal beginnings tell most patterns apart. */
  private static boolean mayOverlap(FieldPattern one, FieldPattern other) {
    String a = beginning(one.text());
    String b = beginning(other.text());
    return a.startsWith(b) || b.startsWith(a);
  }

  private static String beginning(String text) {
    int star = text.indexOf('*');
    return star < 0 ? text : text.substring(0, star);
  }
}
