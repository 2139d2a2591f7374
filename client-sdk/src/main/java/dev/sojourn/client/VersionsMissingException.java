package dev.sojourn.client;

/**
 * A crash has undone some of the last writes that this user has seen; only in a namespace that says
 * {@code durability: async} and does not go on by itself. Nothing was applied. The session now
 * holds a fresh hint: what is done next goes on from what is left.
 */
public final class VersionsMissingException extends SojournException {
  private static final long serialVersionUID = 1L;

  VersionsMissingException(Problem problem) {
    super(problem);
  }

  /** How many of the versions that this user has seen are gone; at least 1. */
  public long versionsMissing() {
    return problem().versionsMissing();
  }
}
