package dev.sojourn.core.state;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.Optional;

/**
 * What a session durably is at this POP. A state offers only its lawful exits.
 *
 * <pre>
 *   Absent ──created──▶ Owned(1) ──grant──▶ Granted(B, e+1) ──confirm──▶ Forward(B, e+1)
 *      ▲                 │  ▲ ▲                  │ declined
 *      │            end  │  │ └──────────────────┘  (at e+2)
 *  collected             ▼  │ granted to us
 *      └──────────── Tombstone   Forward, Absent, Granted ──▶ Owned (a grant pulled and persisted)
 * </pre>
 *
 * <p>{@code Received}, a grant that has arrived and is not yet persisted, is not a state of its own
 * here: it is {@link Owned} in memory while its first commit is in flight.
 */
public sealed interface SessionState {
  Absent ABSENT = new Absent();

  /** The epoch of this state; empty for {@link Absent} alone. */
  Optional<Epoch> epochIfAny();

  /** The payload, where there is one. */
  default Optional<SessionData> payload() {
    return Optional.empty();
  }

  /** Nothing is kept. */
  record Absent() implements SessionState {
    @Override
    public Optional<Epoch> epochIfAny() {
      return Optional.empty();
    }
  }

  /** A state with an epoch: every one but {@link Absent}. */
  sealed interface Known extends SessionState {
    Epoch epoch();

    @Override
    default Optional<Epoch> epochIfAny() {
      return Optional.of(epoch());
    }
  }

  /**
   * This POP is the owner, and the only one that accepts writes.
   *
   * @param looseIn the life of this store from which on answered writes may follow that a crash
   *     undoes; 0 where none may ({@link dev.sojourn.core.Life})
   */
  record Owned(Epoch epoch, SessionData data, long looseIn) implements Known {
    /** With every answered write on disk. */
    public Owned(Epoch epoch, SessionData data) {
      this(epoch, data, 0);
    }

    @Override
    public Optional<SessionData> payload() {
      return Optional.of(data);
    }

    public Owned withData(SessionData newData) {
      return new Owned(epoch, newData, looseIn);
    }

    public Owned loosenedIn(long life) {
      return new Owned(epoch, data, life);
    }

    /**
     * A crash may have undone what was answered: from here on it is a new ownership, with a mark of
     * the break (rule R16).
     */
    public Owned broken(PopId self, long life, long hintsEndAtMillis) {
      Epoch next = epoch.next(self);
      return new Owned(
          next, data.withBreak(new Break(next, data.version(), hintsEndAtMillis)), life);
    }

    /** Hands over: from here on nothing is accepted. */
    public Granted grantTo(PopId grantee, PopId self, Bytes digest) {
      return new Granted(epoch.next(self), grantee, data, digest);
    }

    public Tombstone end(Ending ending, long expiresAtMillis) {
      return new Tombstone(epoch, ending, expiresAtMillis);
    }

    /** Proof of a rollback was seen: nothing is served until that is resolved (rule R19). */
    public Suspect suspect() {
      return new Suspect(this);
    }
  }

  /**
   * Handed over to {@code grantee} at {@code epoch}; the payload is kept, as granted, until the
   * grantee confirms.
   *
   * @param digest of the payload as granted, window included, instants not
   */
  record Granted(Epoch epoch, PopId grantee, SessionData data, Bytes digest) implements Known {
    @Override
    public Optional<SessionData> payload() {
      return Optional.of(data);
    }

    public Forward confirmed(long expiresAtMillis) {
      return new Forward(epoch, grantee, Optional.empty(), expiresAtMillis, false);
    }

    /** The payload's lifetime ran out unconfirmed; only an owner ends a session (rule R13). */
    public Forward lapse(long expiresAtMillis) {
      return new Forward(epoch, grantee, Optional.empty(), expiresAtMillis, true);
    }

    /** The grantee handed the session back by a durable grant of its own. */
    public Owned handedBack(Epoch declinedEpoch) {
      return new Owned(declinedEpoch, data);
    }
  }

  /**
   * Handed back to {@code granter} at {@code epoch} without ever accepting a write.
   *
   * @param expiresAtMillis no hint that names this POP lives longer
   */
  record Declined(Epoch epoch, PopId granter, long expiresAtMillis) implements Known {
    public Forward acknowledged() {
      return new Forward(epoch, granter, Optional.empty(), expiresAtMillis, false);
    }
  }

  /**
   * "Moved to {@code to} at {@code epoch}".
   *
   * @param granter of that move, if known and perhaps not yet confirmed to it
   * @param expiresAtMillis no hint that names this POP lives longer
   * @param lapsed the payload ran out unconfirmed while it was kept here
   */
  record Forward(
      Epoch epoch, PopId to, Optional<PopId> granter, long expiresAtMillis, boolean lapsed)
      implements Known {}

  /** Ended, and never to come back. */
  record Tombstone(Epoch epoch, Ending ending, long expiresAtMillis) implements Known {}

  /** Found to be older than what somebody has seen: frozen as found. */
  record Suspect(Owned was) implements Known {
    @Override
    public Epoch epoch() {
      return was.epoch();
    }

    @Override
    public Optional<SessionData> payload() {
      return Optional.of(was.data());
    }
  }

  /** How a session ended. */
  sealed interface Ending {
    /**
     * By a request.
     *
     * @param operationsDigest with the id, it recognises a retry of that very request
     */
    record Destroyed(RequestId request, Bytes operationsDigest, long version) implements Ending {}

    /** Its lifetime ran out. */
    record Expired() implements Ending {}

    /** A stricter policy did not let it rest here, and it could not go elsewhere in time (R21). */
    record Swept() implements Ending {}
  }
}
