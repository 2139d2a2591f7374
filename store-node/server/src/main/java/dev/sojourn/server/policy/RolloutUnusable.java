package dev.sojourn.server.policy;

/** What a node kept of signed policies cannot be trusted: it must not start. */
public final class RolloutUnusable extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** Whose matter it is. */
  public enum Kind {
    /** The configuration's: who signed it is not among the signers. */
    SIGNER,
    /** The file's. */
    DAMAGED
  }

  RolloutUnusable(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
