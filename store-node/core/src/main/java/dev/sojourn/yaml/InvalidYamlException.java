package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * A file, or several, cannot be used; the message tells every problem, as a person wants to read
 * it.
 */
public final class InvalidYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<YamlProblem> problems;

  public InvalidYamlException(ImmutableList<YamlProblem> problems) {
    super(problems.stream().map(YamlProblem::render).collect(Collectors.joining("\n")));
    this.problems = problems;
  }

  /** At least one, in the order of the file. */
  public ImmutableList<YamlProblem> problems() {
    return problems;
  }
}
