package dev.sojourn.sim.scenario;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A scenario's text, line by line. {@code #} starts a comment; the header lines {@code row:} and
 * {@code rule:} name what it shows.
 *
 * @param rows of the table of races that it stands for; may be empty
 * @param rules that make it safe
 */
public record Scenario(
    String name,
    ImmutableList<String> rows,
    ImmutableList<String> rules,
    ImmutableList<Line> lines) {

  /** One command, with its place in the file. */
  public record Line(String file, int number, String text) {
    ImmutableList<String> words() {
      return ImmutableList.copyOf(text.split("\\s+"));
    }

    IllegalArgumentException wrong(String why) {
      return new IllegalArgumentException(file + ":" + number + ": `" + text + "`: " + why);
    }
  }

  public static Scenario parse(String name, List<String> text) {
    ImmutableList.Builder<String> rows = ImmutableList.builder();
    ImmutableList.Builder<String> rules = ImmutableList.builder();
    ImmutableList.Builder<Line> lines = ImmutableList.builder();
    for (int i = 0; i < text.size(); i++) {
      int comment = text.get(i).indexOf('#');
      String line = (comment < 0 ? text.get(i) : text.get(i).substring(0, comment)).strip();
      if (line.startsWith("row:")) {
        rows.add(line.substring(4).strip());
      } else if (line.startsWith("rule:")) {
        rules.add(line.substring(5).strip());
      } else if (!line.isEmpty()) {
        lines.add(new Line(name, i + 1, line));
      }
    }
    return new Scenario(name, rows.build(), rules.build(), lines.build());
  }
}
