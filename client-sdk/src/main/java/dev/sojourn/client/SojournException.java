package dev.sojourn.client;

import java.util.Optional;

/**
 * A call that did not succeed. Catch the kind you can do something about; {@link #code()} says
 * more.
 *
 * <p>Messages never hold session content, ids or hints, so they may be logged.
 */
public abstract sealed class SojournException extends RuntimeException
    permits HintRefusedException,
        SessionGoneException,
        ConditionFailedException,
        RequestRefusedException,
        OutcomeUnknownException,
        VersionsMissingException,
        UnavailableException,
        InternalException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  SojournException(Problem problem) {
    super(message(problem));
    this.problem = problem;
  }

  /** The exception of the kind that {@code problem} asks for. */
  public static SojournException of(Problem problem) {
    return switch (problem.code()) {
      case HINT_UNREADABLE, HINT_EXPIRED, HINT_SUPERSEDED -> new HintRefusedException(problem);
      case SESSION_ENDED, SESSION_ERASED, SESSION_LOST, SESSION_ROLLED_BACK ->
          new SessionGoneException(problem);
      case VERSION_MISMATCH, NOT_A_NUMBER, OVERFLOW -> new ConditionFailedException(problem);
      case INVALID_REQUEST,
          ALREADY_CREATED,
          LIMIT_EXCEEDED,
          UNKNOWN_NAMESPACE,
          DENIED,
          CALLER_REFUSED ->
          new RequestRefusedException(problem);
      case OUTCOME_UNKNOWN -> new OutcomeUnknownException(problem);
      case VERSIONS_MISSING -> new VersionsMissingException(problem);
      case OWNER_UNREACHABLE, DEADLINE_EXCEEDED, BUSY, STORAGE_FULL, SHUTTING_DOWN ->
          new UnavailableException(problem);
      case INTERNAL -> new InternalException(problem);
    };
  }

  public ErrorCode code() {
    return problem.code();
  }

  /** Whether sending the same request again is safe and may succeed. */
  public boolean retryable() {
    return problem.retryable();
  }

  /** What to do about it, one line. */
  public String remedy() {
    return problem.remedy();
  }

  /** The POP that the error is about; empty when no POP has answered. */
  public Optional<String> pop() {
    return problem.pop();
  }

  /** All that is known. */
  public Problem problem() {
    return problem;
  }

  private static String message(Problem problem) {
    String where = problem.pop().map(pop -> " at " + pop).orElse("");
    return problem.code() + where + ": " + problem.text() + " (" + problem.remedy() + ")";
  }
}
