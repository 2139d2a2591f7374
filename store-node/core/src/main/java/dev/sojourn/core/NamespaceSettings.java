package dev.sojourn.core;

import dev.sojourn.core.move.MoveStrategy;

/**
 * What an operator sets for one application's sessions.
 *
 * @param idleMillisDefault lifetime after the last use, where a creation does not say
 * @param idleMillisMax the longest that a creation may ask for
 * @param absoluteMillisDefault lifetime after the creation, where a creation does not say
 * @param absoluteMillisMax the longest that a creation may ask for
 * @param retryMillis how long a write is remembered for its retry (rule R9)
 * @param windowEntriesMax how many writes are remembered at most
 * @param limits what a session may grow to
 * @param move when to move a session to its user
 */
public record NamespaceSettings(
    long idleMillisDefault,
    long idleMillisMax,
    long absoluteMillisDefault,
    long absoluteMillisMax,
    long retryMillis,
    int windowEntriesMax,
    Limits limits,
    MoveStrategy move) {

  /**
   * @param operationsMax in one request
   * @param fieldsMax in one session
   * @param fieldNameBytesMax of one field's name, in UTF-8
   * @param fieldBytesMax of one field's value
   * @param sessionBytesMax of all names and values together
   */
  public record Limits(
      int operationsMax,
      int fieldsMax,
      int fieldNameBytesMax,
      int fieldBytesMax,
      int sessionBytesMax) {
    public static final Limits DEFAULT = new Limits(64, 256, 128, 256 << 10, 1 << 20);
  }

  /** Half an hour idle, a day at most; longer on demand. */
  public static NamespaceSettings defaults() {
    return new NamespaceSettings(
        30 * 60_000L,
        30 * 86_400_000L,
        86_400_000L,
        90 * 86_400_000L,
        60_000L,
        256,
        Limits.DEFAULT,
        MoveStrategy.standard());
  }
}
