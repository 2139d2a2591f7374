package dev.sojourn.policy.read;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists for messages: a few items, and how many more there are. */
final class Shown {
  private static final int ITEMS_MAX = 6;

  private Shown() {}

  static String of(Collection<?> items) {
    String few =
        items.stream().limit(ITEMS_MAX).map(String::valueOf).collect(Collectors.joining(", "));
    int more = items.size() - ITEMS_MAX;
    return more > 0 ? few + " and " + more + " more" : few;
  }
}
