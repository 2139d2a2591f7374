package dev.sojourn.value;

import java.util.regex.Pattern;

/**
 * The name of one application's sessions: 1 to 32 characters of {@code a-z 0-9 -}, starting with a
 * letter.
 */
public record Namespace(String name) implements Comparable<Namespace> {
  private static final Pattern LAWFUL = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /**
   * @throws IllegalArgumentException if {@code name} is not a lawful namespace
   */
  public Namespace {
    if (!LAWFUL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "`"
              + name
              + "` is not a namespace: 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
  }

  public static boolean isLawful(String name) {
    return LAWFUL.matcher(name).matches();
  }

  @Override
  public int compareTo(Namespace other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
