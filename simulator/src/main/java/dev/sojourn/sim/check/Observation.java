package dev.sojourn.sim.check;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Something that a client or a disk saw. */
public sealed interface Observation {
  /** The world's time, which no POP and no client knows. */
  long atMillis();

  KeyHash key();

  /**
   * A client called a POP, perhaps again with the same bytes.
   *
   * @param credential whether the hint is one that a POP gave to this client
   */
  record Asked(
      long atMillis,
      String client,
      PopId pop,
      KeyHash key,
      SessionRequest request,
      Credential credential)
      implements Observation {}

  /**
   * A client that still waited was answered.
   *
   * @param askedAtMillis when it made this very call
   */
  record Answered(
      long atMillis,
      String client,
      PopId pop,
      KeyHash key,
      SessionRequest request,
      Reply reply,
      long askedAtMillis)
      implements Observation {}

  /** A disk durably has something else under the key than before. */
  sealed interface OnDisk extends Observation {
    PopId pop();

    /** What it has now; empty for nothing any more. */
    Optional<SessionRecord> record();
  }

  /** A POP's disk durably has this under the key, or nothing any more. */
  record Stored(long atMillis, PopId pop, KeyHash key, Optional<SessionRecord> record)
      implements OnDisk {}

  /**
   * A POP has another disk, with this under the key. Told of each key under which this POP ever had
   * something.
   *
   * @param store which of this POP's stores it is, counted from 1
   * @param anew it is empty, and a store of its own; else it is an old copy, which nobody can tell
   *     from the store that it was made of
   */
  record Replaced(
      long atMillis,
      PopId pop,
      KeyHash key,
      Optional<SessionRecord> record,
      int store,
      boolean anew)
      implements OnDisk {}

  /** A disk cannot read what it has under the key, and says so to whoever wants it. */
  record Damaged(long atMillis, PopId pop, KeyHash key) implements Observation {}

  /** It can again, and reads what was written there. */
  record Mended(long atMillis, PopId pop, KeyHash key) implements Observation {}

  /** A POP told its operator that something about this session must not be. */
  record Alarmed(long atMillis, PopId pop, KeyHash key, AlarmKind kind) implements Observation {}

  /** A POP said something to another one, whether or not it arrives. */
  record Said(long atMillis, PopId from, PopId to, KeyHash key, PeerMessage message)
      implements Observation {}

  /**
   * A disk lost versions in a crash that clients may have seen: answered, and never synced. From
   * {@code keptVersion}, without it, to {@code lostVersion}, all of one epoch.
   */
  record Undone(
      long atMillis, PopId pop, KeyHash key, Epoch epoch, long keptVersion, long lostVersion)
      implements Observation {}

  /** What a hint is worth before anyone looks at the session. */
  enum Credential {
    /** There is none, or a POP gave it to this client and it has not expired. */
    GENUINE,
    EXPIRED,
    /** Nobody sealed it. */
    FORGED
  }
}
