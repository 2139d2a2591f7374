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
 * @param durability what an answered write has been through
 * @param onMissing what becomes of a request whose client has seen versions that a crash undid
 */
public record NamespaceSettings(
    long idleMillisDefault,
    long idleMillisMax,
    long absoluteMillisDefault,
    long absoluteMillisMax,
    long retryMillis,
    int windowEntriesMax,
    Limits limits,
    MoveStrategy move,
    Durability durability,
    OnMissing onMissing) {

  /** What an answered write has been through. */
  public enum Durability {
    /** It is on disk: no crash undoes it. */
    STRICT,
    /**
     * It was run. A crash may undo the last of them, up to the store's sync interval, and whoever
     * had seen them is told so (rule R16). What changes the owner, the credential or the end of a
     * session is on disk all the same (rule R15).
     */
    ASYNC
  }

  /** What becomes of a request whose client has seen versions that a crash undid (rule R16). */
  public enum OnMissing {
    /** It is refused, and the refusal says how many versions are missing. */
    FAIL,
    /** It is run, and its answer says how many versions are missing. */
    GO_ON
  }

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
        MoveStrategy.standard(),
        Durability.STRICT,
        OnMissing.FAIL);
  }

  public NamespaceSettings withDurability(Durability other, OnMissing otherOnMissing) {
    return new NamespaceSettings(
        idleMillisDefault,
        idleMillisMax,
        absoluteMillisDefault,
        absoluteMillisMax,
        retryMillis,
        windowEntriesMax,
        limits,
        move,
        other,
        otherOnMissing);
  }

  public NamespaceSettings withMove(MoveStrategy other) {
    return new NamespaceSettings(
        idleMillisDefault,
        idleMillisMax,
        absoluteMillisDefault,
        absoluteMillisMax,
        retryMillis,
        windowEntriesMax,
        limits,
        other,
        durability,
        onMissing);
  }
}
