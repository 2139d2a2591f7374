package dev.sojourn.policy.format;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** How the parts of a policy file are laid out. */
final class Layout {
  /** No line is made longer, where it can be helped. */
  static final int WIDTH_MAX = 100;

  /** All keys that a policy knows, in the order in which a person reads them. */
  private static final ImmutableList<String> ORDER =
      ImmutableList.of(
          "version",
          "groups",
          "classes",
          "namespaces",
          "sensitive",
          "fields",
          "grace",
          "rules",
          "id",
          "why",
          "when",
          "residency",
          "class",
          "store",
          "access",
          "else");

  private Layout() {}

  /** Whether these are keys that the language knows, rather than names that the author gave. */
  static boolean isOrdered(List<String> keys) {
    return ORDER.containsAll(keys);
  }

  static int rank(String key) {
    return ORDER.indexOf(key);
  }

  /**
   * Whether it is written on one line, if it fits.
   *
   * @param path the keys that lead to it; {@code -} for an item of a list
   */
  static boolean isInline(ImmutableList<String> path) {
    String last = path.isEmpty() ? "" : path.get(path.size() - 1);
    boolean isClass = path.size() == 2 && path.get(0).equals("classes");
    return isClass || !isBlock(path, last);
  }

  private static boolean isBlock(ImmutableList<String> path, String last) {
    boolean isSection = path.size() < 2 || (path.size() == 2 && path.get(0).equals("namespaces"));
    boolean isRules = path.size() == 3 && last.equals("rules");
    boolean isRule = path.size() == 4 && last.equals("-");
    return isSection || isRules || isRule;
  }
}
