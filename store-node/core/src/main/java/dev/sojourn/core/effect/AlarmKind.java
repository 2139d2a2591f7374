package dev.sojourn.core.effect;

/** What an operator must hear of. */
public enum AlarmKind {
  /**
   * Somebody has seen a newer state of a session than its owner has: this store was rolled back.
   */
  ROLLBACK_PROVEN,
  /** A confirm bore another digest than the grant: the payload is kept. */
  CONFIRM_DIGEST_DIFFERS,
  /** A grant's payload does not match its digest: it was dropped. */
  GRANT_DIGEST_DIFFERS,
  /** A session is owned by a POP whose store no longer has it. */
  SESSION_LOST
}
