package dev.sojourn.policy;

/**
 * What a session as a whole may do when its user is at some POP.
 *
 * @param behind the classes that stay where they are; none unless it splits
 * @param decisive the strictest decision of its classes, for the ledger and for errors
 */
public record Placement(Kind kind, ClassSet behind, Decision decisive) {

  /** From the freest. */
  public enum Kind {
    /** All of it may be stored there. */
    FOLLOW,
    /** A part may, and the rest stays behind at a POP where it may be stored. */
    SPLIT,
    /** It may not, and goes to the POP nearest the user that it may go to. */
    NEAREST,
    /** It may not, and stays where it is. */
    STAY
  }

  /** Whether the session, or a part of it, may move to that POP. */
  public boolean mayMove() {
    return kind == Kind.FOLLOW || kind == Kind.SPLIT;
  }
}
