package dev.sojourn.sim.check;

import dev.sojourn.value.Bytes;

/** Looks into byte strings. */
final class Text {
  private Text() {}

  /** How often {@code part} occurs in {@code value}. */
  static int countOf(Bytes value, Bytes part) {
    int count = 0;
    for (int from = 0; from + part.length() <= value.length(); from++) {
      if (matches(value, part, from)) {
        count++;
      }
    }
    return count;
  }

  private static boolean matches(Bytes value, Bytes part, int from) {
    for (int i = 0; i < part.length(); i++) {
      if (value.at(from + i) != part.at(i)) {
        return false;
      }
    }
    return true;
  }
}
