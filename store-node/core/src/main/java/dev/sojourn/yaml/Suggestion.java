package dev.sojourn.yaml;

import java.util.Optional;

/** Guesses what a person meant to write. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The candidate that the fewest slips (a letter wrong, missing, too many, or two swapped) lead
   * to, if they are few for its length; the first of several.
   */
  public static Optional<String> nearest(String given, Iterable<String> candidates) {
    Optional<String> best = Optional.empty();
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int allowed = Math.max(1, Math.max(given.length(), candidate.length()) / 3);
      if (Math.abs(given.length() - candidate.length()) > allowed) {
        continue;
      }
      int distance = distance(given, candidate);
      if (distance <= allowed && distance < bestDistance) {
        best = Optional.of(candidate);
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Optimal string alignment, capitals counting as the same letter. */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, i, j, one, other);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(int[][] cost, int i, int j, String one, String other) {
    int replace = cost[i - 1][j - 1] + (isSame(one, i - 1, other, j - 1) ? 0 : 1);
    int cheapest = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && isSame(one, i - 1, other, j - 2) && isSame(one, i - 2, other, j - 1);
    return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
  }

  private static boolean isSame(String one, int i, String other, int j) {
    return Character.toLowerCase(one.charAt(i)) == Character.toLowerCase(other.charAt(j));
  }
}
