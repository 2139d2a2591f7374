package dev.sojourn.policy.format;

import dev.sojourn.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How a text is written: plain where that is safe, else in double quotes. */
final class Scalars {
  // Nothing that means something to YAML, inside a list on one line or outside.
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}\\p{N}_./(][^\\p{Cntrl},\\[\\]{}#:\"']*(:[^\\p{Cntrl}\\s,\\[\\]{}#:\"']+)*");
  // The same, where it stands behind a key and not in a list.
  private static final Pattern PROSE =
      Pattern.compile("[\\p{L}\\p{N}_./(](?:[^\\p{Cntrl}#:]|:(?=\\S)|(?<=\\S)#)*");

  private Scalars() {}

  static String inList(Scalar scalar) {
    return isMarked(scalar, PLAIN) ? quote(scalar.text()) : scalar.text();
  }

  static String behindKey(Scalar scalar) {
    return isMarked(scalar, PROSE) ? quote(scalar.text()) : scalar.text();
  }

  /** Whether a text that people read can do without quotes. */
  static boolean isProse(String text) {
    return PROSE.matcher(text).matches() && text.equals(text.strip());
  }

  /**
   * Whoever put quotes there may know a reader who needs them, as one that takes NO for a boolean.
   */
  private static boolean isMarked(Scalar scalar, Pattern plain) {
    String text = scalar.text();
    return scalar.quoted() || !plain.matcher(text).matches() || !text.equals(text.strip());
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int c : text.codePoints().toArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').appendCodePoint(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c == '\t') {
        quoted.append("\\t");
      } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
        quoted.append(String.format("\\u%04x", c));
      } else {
        quoted.appendCodePoint(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** In lines of up to {@code width} characters, where words allow. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
