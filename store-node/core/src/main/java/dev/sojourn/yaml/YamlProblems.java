package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with one file. Not thread-safe. */
public final class YamlProblems {
  /** Someone who has so much to put right is not helped by more. */
  private static final int PROBLEMS_MAX = 50;

  private final String file;
  private final boolean secret;
  private final List<YamlProblem> found = new ArrayList<>();
  private ImmutableList<String> lines = ImmutableList.of();

  private YamlProblems(String file, boolean secret) {
    this.file = file;
    this.secret = secret;
  }

  /**
   * @param file as the user named it
   */
  public static YamlProblems of(String file) {
    return new YamlProblems(file, false);
  }

  /** Of a file that holds secrets: its content is never quoted. */
  public static YamlProblems ofSecret(String file) {
    return new YamlProblems(file, true);
  }

  public String file() {
    return file;
  }

  void showFrom(ImmutableList<String> sourceLines) {
    lines = sourceLines;
  }

  public void add(Span span, String message) {
    add(span, message, Optional.empty());
  }

  public void add(Span span, String message, String help) {
    add(span, message, Optional.of(help));
  }

  public void add(Span span, String message, Optional<String> help) {
    if (found.size() < PROBLEMS_MAX) {
      Optional<String> source =
          secret || span.line() > lines.size()
              ? Optional.empty()
              : Optional.of(lines.get(span.line() - 1));
      found.add(
          new YamlProblem(file, span.line(), span.column(), message, help, source, span.length()));
    }
  }

  /** Says that {@code given} is none of {@code candidates}, and which one may have been meant. */
  public void addUnknown(Span span, String what, String given, Iterable<String> candidates) {
    Optional<String> help =
        Suggestion.nearest(given, candidates)
            .map(candidate -> "did you mean `" + candidate + "`?")
            .or(() -> Optional.of("known here: " + String.join(", ", candidates)));
    add(span, "unknown " + what + " " + quote(given), secret ? Optional.empty() : help);
  }

  /** {@code text} in backticks, or a word for it where the file may hold secrets. */
  public String quote(String text) {
    return secret ? "(not shown)" : "`" + text + "`";
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public ImmutableList<YamlProblem> all() {
    return ImmutableList.sortedCopyOf(
        Comparator.comparingInt(YamlProblem::line).thenComparingInt(YamlProblem::column), found);
  }

  /**
   * @throws InvalidYamlException if there is any problem; it tells all
   */
  public void throwIfAny() throws InvalidYamlException {
    if (!isEmpty()) {
      throw new InvalidYamlException(all());
    }
  }
}
