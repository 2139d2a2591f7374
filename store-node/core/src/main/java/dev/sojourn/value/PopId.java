package dev.sojourn.value;

import java.util.regex.Pattern;

/**
 * The name of a POP, such as {@code bos}: 1 to 12 characters of {@code a-z 0-9 -}, starting with a
 * letter. Ordered as text. A POP id is never used again for another site.
 *
 * <p>The bound keeps a sealed hint, which holds up to five of them, under 200 characters.
 */
public record PopId(String name) implements Comparable<PopId> {
  public static final int LENGTH_MAX = 12;
  private static final Pattern LAWFUL = Pattern.compile("[a-z][a-z0-9-]{0,11}");

  /**
   * @throws IllegalArgumentException if {@code name} is not a lawful POP id
   */
  public PopId {
    if (!LAWFUL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "`"
              + name
              + "` is not a POP id: 1 to 12 characters of a-z, 0-9 and -, starting with a letter");
    }
  }

  public static boolean isLawful(String name) {
    return LAWFUL.matcher(name).matches();
  }

  @Override
  public int compareTo(PopId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
