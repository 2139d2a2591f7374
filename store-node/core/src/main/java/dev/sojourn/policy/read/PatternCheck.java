package dev.sojourn.policy.read;

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
    for (DataClass earlier : policy.classes().subList(0, later.position())) {
      for (FieldPattern taker : earlier.patterns()) {
        if (taker.fitsAllOf(pattern)) {
          problems.add(
              pattern.span(),
              "pattern `"
                  + pattern
                  + "` fits nothing: class `"
                  + earlier.name()
                  + "` has taken all",
              "put `" + later.name() + "` above `" + earlier.name() + "`, or leave it out");
          return;
        }
        // One name taken out of a later, wider pattern is what the order is for; so is a narrow
        // pattern of the more protected class.
        boolean isException =
            pattern.fitsAllOf(taker) && !(later.sensitive() && !earlier.sensitive());
        if (!isException && mayOverlap(taker, pattern) && taker.overlaps(pattern)) {
          problems.warn(
              pattern.span(),
              "pattern `"
                  + pattern
                  + "` of `"
                  + later.name()
                  + "` overlaps `"
                  + taker
                  + "` of `"
                  + earlier.name()
                  + "`, which has what fits both",
              "make one of them narrower, or put `"
                  + later.name()
                  + "` above `"
                  + earlier.name()
                  + "`");
          return;
        }
      }
    }
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
