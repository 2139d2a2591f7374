package dev.sojourn.core.request;

/** Why a request was not answered with results. The wire's table of errors has the same names. */
public enum ErrorCode {
  INVALID_REQUEST(false),
  HINT_UNREADABLE(false),
  HINT_EXPIRED(false),
  HINT_SUPERSEDED(false),
  SESSION_ENDED(false),
  SESSION_ERASED(false),
  SESSION_LOST(false),
  SESSION_ROLLED_BACK(false),
  ALREADY_CREATED(false),
  OUTCOME_UNKNOWN(false),
  VERSIONS_MISSING(false),
  VERSION_MISMATCH(false),
  NOT_A_NUMBER(false),
  OVERFLOW(false),
  LIMIT_EXCEEDED(false),
  UNKNOWN_NAMESPACE(false),
  DENIED(false),
  OWNER_UNREACHABLE(true),
  DEADLINE_EXCEEDED(true),
  BUSY(true),
  STORAGE_FULL(true),
  SHUTTING_DOWN(true),
  INTERNAL(false),
  CALLER_REFUSED(false);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /**
   * Whether the same bytes, sent again later, may well succeed. Sending them again is always safe.
   */
  public boolean retryable() {
    return retryable;
  }
}
