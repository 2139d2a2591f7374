package dev.sojourn.policy;

import java.util.Locale;

/**
 * What happens to data of one class where the user is. From the widest to the strictest: of two,
 * the later one leaves more where it is.
 */
public enum Verdict {
  /** It may be stored there, and so follows the user. */
  STORE,
  /** The rest of the session may follow; this data stays at a POP where it may be stored. */
  REDACT,
  /** The session moves no further than to the POP nearest the user where this may be stored. */
  NEAREST,
  /** The session stays where it is. */
  REMOTE,
  /** This data is neither stored nor seen there. */
  DENY;

  /** As files and reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Verdict stricter(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
