package dev.sojourn.yaml;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers with a unit, as people write them: {@code 10s}, {@code 64MiB}. */
public enum Quantity {
  /** In milliseconds. */
  DURATION(
      "duration",
      "a whole number and a unit, such as `250ms`, `10s`, `5m`, `12h` or `30d`",
      ImmutableMap.of("d", 86_400_000L, "h", 3_600_000L, "m", 60_000L, "s", 1_000L, "ms", 1L)),
  /** In bytes. */
  SIZE(
      "size",
      "a whole number and a unit, such as `512B`, `64KiB`, `64MiB` or `2GiB`",
      ImmutableMap.of("GiB", 1L << 30, "MiB", 1L << 20, "KiB", 1L << 10, "B", 1L));

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})([A-Za-z]+)");

  private final String noun;
  private final String form;
  // The greatest unit first.
  private final ImmutableMap<String, Long> units;

  Quantity(String noun, String form, ImmutableMap<String, Long> units) {
    this.noun = noun;
    this.form = form;
    this.units = units;
  }

  String noun() {
    return noun;
  }

  String form() {
    return form;
  }

  /** In the smallest unit; empty if it is not of this form or passes 2^63-1. */
  public OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    Long unit = units.get(matcher.group(2));
    long number = Long.parseLong(matcher.group(1));
    if (unit == null || number > Long.MAX_VALUE / unit) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(number * unit);
  }

  /** As {@link #parse} reads it, in the greatest unit that leaves no remainder. */
  public String format(long value) {
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (value != 0 && value % unit.getValue() == 0) {
        return value / unit.getValue() + unit.getKey();
      }
    }
    return value + (this == DURATION ? "ms" : "B");
  }
}
