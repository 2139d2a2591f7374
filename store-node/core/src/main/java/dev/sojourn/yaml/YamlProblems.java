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

  private static final Comparator<YamlProblem> PLACE =
      Comparator.comparingInt(YamlProblem::line).thenComparingInt(YamlProblem::column);

  private final String file;
  private final boolean secret;
  private final List<YamlProblem> found = new ArrayList<>();
  private final List<YamlProblem> warnings = new ArrayList<>();
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
      found.add(problem(span, message, help));
    }
  }

  /** What the file may well mean, and its author should look at all the same. */
  public void warn(Span span, String message, String help) {
    if (warnings.size() < PROBLEMS_MAX) {
      warnings.add(problem(span, "warning: " + message, Optional.of(help)));
    }
  }

  private YamlProblem problem(Span span, String message, Optional<String> help) {
    Optional<String> source =
        secret || span.line() > lines.size()
            ? Optional.empty()
            : Optional.of(lines.get(span.line() - 1));
    return new YamlProblem(file, span.line(), span.column(), message, help, source, span.length());
  }

  /** Says that {@code given} is none of {@code candidates}, and which one may have been meant. */
  public void addUnknown(Span span, String what, String given, Iterable<String> candidates) {
    addUnknown(span, what, given, candidates, "known here: " + String.join(", ", candidates));
  }

  /**
   * Says that {@code given} is none of {@code candidates}, and which one may have been meant.
   *
   * @param otherwise what to write, where there is no guess
   */
  public void addUnknown(
      Span span, String what, String given, Iterable<String> candidates, String otherwise) {
    if (found.size() >= PROBLEMS_MAX) {
      return; // a guess costs more than a glance
    }
    String help =
        Suggestion.nearest(given, candidates)
            .map(candidate -> "did you mean `" + candidate + "`?")
            .orElse(otherwise);
    add(
        span,
        "unknown " + what + " " + quote(given),
        secret ? Optional.empty() : Optional.of(help));
  }

  /** {@code text} in backticks, or a word for it where the file may hold secrets. */
  public String quote(String text) {
    return secret ? "(not shown)" : "`" + text + "`";
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What makes the file useless, in the order of the file. */
  public ImmutableList<YamlProblem> all() {
    return ImmutableList.sortedCopyOf(PLACE, found);
  }

  /** What is odd about a file that can be used, in the order of the file. */
  public ImmutableList<YamlProblem> warnings() {
    return ImmutableList.sortedCopyOf(PLACE, warnings);
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
