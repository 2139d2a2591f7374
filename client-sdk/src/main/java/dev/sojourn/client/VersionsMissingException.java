package dev.sojourn.client;

import java.util.Optional;

/**
 * A crash has undone some of the last writes that this user has seen; only in a namespace that says
 * {@code durability: async} and does not go on by itself. Nothing was applied. The session now
 * holds a fresh hint: what is done next goes on from what is left.
 */
public final class VersionsMissingException extends SojournException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Session> session;

  VersionsMissingException(Problem problem) {
    this(problem, Optional.empty());
  }

  private VersionsMissingException(Problem problem, Optional<Session> session) {
    super(problem);
    this.session = session;
  }

  /** The same, thrown where the caller has no session in hand. */
  VersionsMissingException of(Session opened) {
    return new VersionsMissingException(problem(), Optional.of(opened));
  }

  /**
   * The session that could not be opened, as it goes on; empty if a session's own method has
   * thrown. Send its cookie, or the next {@code open} ends here again.
   */
  public Optional<Session> session() {
    return session;
  }

  /** How many of the versions that this user has seen are gone; at least 1. */
  public long versionsMissing() {
    return problem().versionsMissing();
  }
}
