package dev.sojourn.policy;

/** What a rule wants where the data may not be stored. */
public enum Otherwise {
  /** The rest of the session follows the user, this data stays behind. */
  REDACT(Verdict.REDACT),
  /** The session goes to the lawful POP nearest the user and is served from there. */
  NEAREST(Verdict.NEAREST),
  /** The session stays where it is and is served from there. */
  REMOTE(Verdict.REMOTE),
  /** A request for this data is refused. */
  DENY(Verdict.DENY);

  private final Verdict verdict;

  Otherwise(Verdict verdict) {
    this.verdict = verdict;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** As the policy file writes it. */
  public String word() {
    return verdict.word();
  }
}
