package dev.sojourn.cli;

/**
 * A failure that the user can do something about: told in one line with its remedy, no stack trace.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final String problem;
  private final String remedy;

  private CommandFailure(int exitCode, String problem, String remedy) {
    super(problem);
    this.exitCode = exitCode;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The user gave something wrong. */
  public static CommandFailure usage(String problem, String remedy) {
    return new CommandFailure(ExitCode.USAGE, problem, remedy);
  }

  /** A node understood what was asked, and refused it. */
  public static CommandFailure refused(String problem, String remedy) {
    return new CommandFailure(ExitCode.NOT_AS_IT_SHOULD_BE, problem, remedy);
  }

  /** Something outside is missing or does not answer. */
  public static CommandFailure unavailable(String problem, String remedy) {
    return new CommandFailure(ExitCode.UNAVAILABLE, problem, remedy);
  }

  public int exitCode() {
    return exitCode;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
