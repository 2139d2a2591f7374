package dev.sojourn.yaml;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param length in characters, of what stands on the first line; at least 1
 */
public record Span(int line, int column, int length) {
  /** The beginning of a file. */
  public static final Span START = new Span(1, 1, 1);
}
