package dev.sojourn.server.policy;

/** A signed policy that a node does not take. It goes on with the one that it has. */
public final class BundleRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** Why. */
  public enum Kind {
    /** The node takes no signed policies. */
    NO_SIGNERS,
    TOO_LARGE,
    /** It is no bundle, or not in the one form that a bundle has. */
    UNREADABLE,
    UNKNOWN_SIGNER,
    BAD_SIGNATURE,
    /** Its policy is not sound, or speaks of what this POP's topology does not have. */
    UNSOUND,
    /** It is to be tried at a POP that this POP's topology does not have. */
    UNKNOWN_POP,
    /** The node holds one that ranks above it. */
    NOT_NEWER,
    /** It cannot be written to the data directory. */
    NOT_KEPT
  }

  /**
   * @param message for a person: what is wrong, and the remedy
   */
  public BundleRefused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** For a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
