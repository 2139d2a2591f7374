package dev.sojourn.yaml;

import java.util.Optional;

/**
 * One thing that is wrong with a file, told to the person who can put it right.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, user input in backticks
 * @param help the remedy, where there is one to tell
 * @param source the line as it stands in the file; empty where it may hold a secret
 * @param length of what is wrong, in characters
 */
public record YamlProblem(
    String file,
    int line,
    int column,
    String message,
    Optional<String> help,
    Optional<String> source,
    int length) {
  private static final int SOURCE_CHARS_MAX = 160;

  /** Such as {@code policy.yaml:14:9: unknown region `eur`; did you mean `eu`?}. */
  public String headline() {
    return file + ":" + line + ":" + column + ": " + message + help.map(h -> "; " + h).orElse("");
  }

  /** The headline, and below it the line with carets under what is wrong, where it may be shown. */
  public String render() {
    return source.filter(text -> !text.isBlank()).map(this::renderWith).orElse(headline());
  }

  private String renderWith(String text) {
    int[] characters = text.codePoints().limit(SOURCE_CHARS_MAX).toArray();
    if (column > characters.length + 1) {
      return headline();
    }
    StringBuilder shown = new StringBuilder();
    StringBuilder carets = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      boolean printable = c == '\t' || !Character.isISOControl(c);
      shown.appendCodePoint(printable ? c : '?');
      if (i < column - 1) {
        // A tab below a tab keeps the caret in its column, however wide tabs are.
        carets.append(c == '\t' ? '\t' : ' ');
      }
    }
    int caretCount = Math.max(1, Math.min(length, characters.length - column + 1));
    carets.append("^".repeat(caretCount));
    String number = String.valueOf(line);
    String margin = " ".repeat(number.length());
    return headline() + "\n  " + (number + " | " + shown) + "\n  " + (margin + " | " + carets);
  }
}
