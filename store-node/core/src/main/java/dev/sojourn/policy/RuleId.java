package dev.sojourn.policy;

import java.util.regex.Pattern;

/**
 * The name of a rule, unique in its namespace: 1 to 64 characters of {@code a-z 0-9 -}, starting
 * with a letter.
 */
public record RuleId(String name) implements Comparable<RuleId> {
  private static final Pattern LAWFUL = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  /**
   * @throws IllegalArgumentException if {@code name} is not a lawful rule id
   */
  public RuleId {
    if (!LAWFUL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "`"
              + name
              + "` is not a rule id: 1 to 64 characters of a-z, 0-9 and -, starting with a letter");
    }
  }

  @Override
  public int compareTo(RuleId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
