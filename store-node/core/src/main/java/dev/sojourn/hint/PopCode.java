package dev.sojourn.hint;

import dev.sojourn.value.PopId;

/**
 * A POP id as a number below 2^63: its characters are the digits 1 to 37 of a number to the base 37
 * without a zero, so that each id has exactly one number, and twelve characters need nine bytes as
 * a varint rather than thirteen. This is what keeps a hint that names five POPs under 200
 * characters.
 */
final class PopCode {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789-";
  private static final int BASE = 37;

  private PopCode() {}

  static long of(PopId pop) {
    String name = pop.name();
    long code = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      code = code * BASE + DIGITS.indexOf(name.charAt(i)) + 1;
    }
    return code;
  }

  /**
   * @throws IllegalArgumentException if {@code code} is not the number of a lawful POP id
   */
  static PopId toPop(long code) {
    StringBuilder name = new StringBuilder(PopId.LENGTH_MAX);
    for (long rest = code; rest > 0; rest = (rest - 1) / BASE) {
      name.append(DIGITS.charAt((int) ((rest - 1) % BASE)));
    }
    return new PopId(name.toString());
  }
}
