package dev.sojourn.core;

import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Decides what a client's hint says, and when it gets a new one (rule R14b). */
final class HintIssuing {
  /** A hint with less than 12/10 of the idle lifetime left is replaced, if that gains anything. */
  private static final long RENEW_TENTHS = 12;

  private HintIssuing() {}

  /** Two idle lifetimes from now, but never beyond the session's own end. */
  static long expiryAtMillis(Lifetime lifetime, long nowMillis) {
    return Math.min(nowMillis + 2 * lifetime.idleMillis(), lifetime.absoluteEndsAtMillis());
  }

  static Hint hint(
      SessionData data, PopId owner, Epoch epoch, Optional<PopId> granter, long expiresAtMillis) {
    return new Hint(
        data.key().id(),
        data.generation(),
        owner,
        epoch,
        data.version(),
        data.residency(),
        expiresAtMillis,
        granter);
  }

  /** The fresh hint, if it says anything that the client's own does not. */
  static Optional<Hint> ifNews(Optional<Hint> had, Hint fresh, Lifetime lifetime, long nowMillis) {
    if (had.isEmpty()) {
      return Optional.of(fresh);
    }
    Hint old = had.get();
    boolean same =
        old.generation() == fresh.generation()
            && old.owner().equals(fresh.owner())
            && old.epoch().equals(fresh.epoch())
            && old.version() == fresh.version()
            && old.granter().equals(fresh.granter());
    long renewBelowMillis = lifetime.idleMillis() / 10 * RENEW_TENTHS;
    boolean nearItsEnd = old.expiresAtMillis() - nowMillis < renewBelowMillis;
    boolean gains = fresh.expiresAtMillis() - old.expiresAtMillis() > lifetime.idleMillis() / 10;
    return same && !(nearItsEnd && gains) ? Optional.empty() : Optional.of(fresh);
  }
}
