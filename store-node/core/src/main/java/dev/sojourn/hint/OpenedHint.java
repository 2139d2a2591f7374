package dev.sojourn.hint;

/** What came of opening a hint. */
public sealed interface OpenedHint permits OpenedHint.Readable, OpenedHint.Unreadable {

  /** A POP sealed it for this namespace, and nobody has altered it. It may have expired. */
  record Readable(Hint hint) implements OpenedHint {}

  /** It says nothing, and nothing may be done in its name. */
  record Unreadable(Reason reason) implements OpenedHint {}

  /** Why a hint cannot be read. */
  enum Reason {
    /** Longer than any hint. */
    TOO_LONG,
    /** Not in the alphabet of hints, or not in the one spelling that its bytes have. */
    NOT_BASE64,
    /** Sealed by a newer Sojourn, or not a hint. */
    UNKNOWN_VERSION,
    /** Sealed under a key that is not, or no longer, on the ring. */
    UNKNOWN_KEY,
    /** Altered, made up, or sealed for another namespace. */
    NOT_AUTHENTIC,
    /** Cut short, or holds what no hint can hold. */
    MALFORMED
  }
}
