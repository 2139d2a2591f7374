package dev.sojourn.cli;

/** What a command's exit code says; the same for every command, and listed in each one's help. */
public final class ExitCode {
  /** The command did what it says. */
  public static final int OK = 0;

  /** The command ran, and what it found is not as it should be. */
  public static final int NOT_AS_IT_SHOULD_BE = 1;

  /** The command line or a file that it names is wrong. */
  public static final int USAGE = 2;

  /** Something that the command needs is missing or does not answer. */
  public static final int UNAVAILABLE = 3;

  /** A fault of ours, with a stack trace to report. */
  public static final int INTERNAL = 70;

  public static final String USAGE_TEXT = "2:the command line, or a file that it names, is wrong";
  public static final String UNAVAILABLE_TEXT =
      "3:something that the command needs is missing or does not answer";
  public static final String INTERNAL_TEXT = "70:a fault of Sojourn's own; please report it";

  private ExitCode() {}
}
