package dev.sojourn.client;

/**
 * Everything that a call can end in but success. The names are those of the wire; {@code
 * docs/errors.md} has one table of them all.
 */
public enum ErrorCode {
  INVALID_REQUEST(false, "mend the request"),
  HINT_UNREADABLE(false, "drop the hint and start a new session"),
  HINT_EXPIRED(false, "drop the hint and start a new session"),
  HINT_SUPERSEDED(false, "use the hint that the rotation returned, or start a new session"),
  SESSION_ENDED(false, "drop the hint and start a new session"),
  SESSION_ERASED(false, "drop the hint and start a new session"),
  SESSION_LOST(false, "tell the user that data is gone, then start a new session"),
  SESSION_ROLLED_BACK(false, "keep the hint; an operator must decide"),
  ALREADY_CREATED(false, "create again with a fresh request"),
  OUTCOME_UNKNOWN(false, "read the session and decide whether to write again"),
  VERSION_MISMATCH(false, "read again, decide, write again"),
  NOT_A_NUMBER(false, "put a number first, or use another field"),
  OVERFLOW(false, "put a smaller number first"),
  LIMIT_EXCEEDED(false, "store less, or raise the limit of the namespace"),
  UNKNOWN_NAMESPACE(false, "mend the name, or configure the namespace at every POP"),
  DENIED(false, "serve the user from a POP that the policy allows, or change the policy"),
  OWNER_UNREACHABLE(true, "retry; if it lasts, look after the POP that is named"),
  DEADLINE_EXCEEDED(true, "retry with more time; look whether the node is up"),
  BUSY(true, "retry after a pause; if it lasts, send less or add a node"),
  STORAGE_FULL(true, "retry later; an operator must free space"),
  SHUTTING_DOWN(true, "retry; another node, or this one restarted, will answer"),
  INTERNAL(false, "report it with the text and the log of the POP"),
  VERSIONS_MISSING(false, "tell the user, read the session, and go on from there"),
  CALLER_REFUSED(false, "send the token of the namespace, or allow the origin");

  private final boolean retryable;
  private final String remedy;

  ErrorCode(boolean retryable, String remedy) {
    this.retryable = retryable;
    this.remedy = remedy;
  }

  /**
   * Whether sending the very same request again is safe and may succeed. The SDK does so by itself
   * within the deadline; when it gives up, {@link Session#save()} does it once more.
   */
  public boolean retryable() {
    return retryable;
  }

  /** What to do about it, where the node said nothing more exact. */
  public String remedy() {
    return remedy;
  }
}
