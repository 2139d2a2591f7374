package dev.sojourn.policy;

import dev.sojourn.yaml.Span;

/**
 * The names of fields, a {@code *} standing for any characters, or none.
 *
 * @param text at most {@value #LENGTH_MAX} characters
 */
public record FieldPattern(String text, Span span) {
  public static final int LENGTH_MAX = 128;

  /** Whether it fits one name alone. */
  public boolean isLiteral() {
    return text.indexOf('*') < 0;
  }

  /** Whether every name that {@code other} fits, this one fits too. */
  public boolean fitsAllOf(FieldPattern other) {
    // A star of the other stands for itself: a letter that no literal here is, and a star here
    // takes.
    return fits(other.text);
  }

  /** Takes steps up to the product of both lengths. */
  public boolean fits(String name) {
    // Greedy, with one way back: to the latest star, which then takes one character more.
    int at = 0;
    int pattern = 0;
    int lastStar = -1;
    int restart = 0;
    while (at < name.length()) {
      boolean isStar = pattern < text.length() && isStar(pattern);
      boolean isSame =
          !isStar && pattern < text.length() && text.charAt(pattern) == name.charAt(at);
      if (isStar) {
        lastStar = pattern++;
        restart = at;
      } else if (isSame) {
        pattern++;
        at++;
      } else if (lastStar >= 0) {
        pattern = lastStar + 1;
        at = ++restart;
      } else {
        return false;
      }
    }
    while (pattern < text.length() && isStar(pattern)) {
      pattern++;
    }
    return pattern == text.length();
  }

  /** Whether some name fits both. */
  public boolean overlaps(FieldPattern other) {
    // reach[j]: some name fits this text up to i, and the other up to j.
    boolean[] reach = new boolean[other.text.length() + 1];
    for (int i = 0; i <= text.length(); i++) {
      boolean[] next = new boolean[reach.length];
      for (int j = 0; j < reach.length; j++) {
        boolean isStar = (i > 0 && isStar(i - 1)) || (j > 0 && other.isStar(j - 1));
        boolean isSame = i > 0 && j > 0 && text.charAt(i - 1) == other.text.charAt(j - 1);
        next[j] =
            (i == 0 && j == 0)
                || (isSame && reach[j - 1])
                || (isStar && ((i > 0 && reach[j]) || (j > 0 && next[j - 1])));
      }
      reach = next;
    }
    return reach[other.text.length()];
  }

  private boolean isStar(int at) {
    return text.charAt(at) == '*';
  }

  @Override
  public String toString() {
    return text;
  }
}
