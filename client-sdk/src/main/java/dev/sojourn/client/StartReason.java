package dev.sojourn.client;

/** Why {@link SojournClient#open} gave an empty session. */
public enum StartReason {
  /** There was no hint: a new user, or one whose browser dropped the cookie. */
  NO_HINT,
  /** The hint was not one of ours, was altered, or belongs to another namespace. */
  HINT_UNREADABLE,
  /** The hint was ours, but its time was over. */
  HINT_EXPIRED,
  /** The session was rotated, at a login for example, and this was an older credential. */
  HINT_SUPERSEDED,
  /** The session had been destroyed, had reached the end of its lifetime, or had been erased. */
  SESSION_ENDED
}
