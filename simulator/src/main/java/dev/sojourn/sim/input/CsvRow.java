package dev.sojourn.sim.input;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;

/**
 * One line of a CSV file.
 *
 * @param line from 1
 * @param values as many as the header has columns, unless the line is short or long
 * @param columns where each value begins, in characters from 1
 */
public record CsvRow(int line, ImmutableList<String> values, ImmutableList<Integer> columns) {
  /** Where the value of that column stands. */
  public Span span(int column) {
    if (column >= values.size()) {
      return new Span(line, 1, 1);
    }
    return new Span(line, columns.get(column), Math.max(1, values.get(column).length()));
  }

  static CsvRow parse(int line, String text) {
    ImmutableList.Builder<String> values = ImmutableList.builder();
    ImmutableList.Builder<Integer> columns = ImmutableList.builder();
    int at = 0;
    while (true) {
      columns.add(at + 1);
      StringBuilder value = new StringBuilder();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      if (quoted) {
        at++;
        // A quote within quotes is written twice (RFC 4180).
        while (at < text.length()) {
          if (text.charAt(at) == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            value.append('"');
            at += 2;
          } else if (text.charAt(at) == '"') {
            at++;
            break;
          } else {
            value.append(text.charAt(at++));
          }
        }
      }
      while (at < text.length() && text.charAt(at) != ',') {
        value.append(text.charAt(at++));
      }
      values.add(quoted ? value.toString() : value.toString().strip());
      if (at >= text.length()) {
        return new CsvRow(line, values.build(), columns.build());
      }
      at++;
    }
  }
}
