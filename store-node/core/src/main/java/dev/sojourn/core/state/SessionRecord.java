package dev.sojourn.core.state;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * All that a POP keeps durably under one key hash, read and written as a whole.
 *
 * @param revision grows by one at each write of this record, from 1; 0 is a record never written.
 *     Every write is conditional on it
 * @param home the session's birth POP, once it is known here; states without a payload need it too
 * @param owes at most one entry for each granter
 * @param announced the highest epoch that the birth POP has acknowledged to this POP
 * @param directory at the birth POP only
 * @param custody a part of the session that is kept for its owner
 * @param drops custodians still to be told to drop theirs; at most one entry for each
 */
public record SessionRecord(
    long revision,
    SessionState state,
    Optional<PopId> home,
    ImmutableList<Owed> owes,
    Optional<Epoch> announced,
    Optional<DirectoryEntry> directory,
    Optional<Custody> custody,
    ImmutableList<Drop> drops) {

  public static final SessionRecord NONE =
      new SessionRecord(
          0,
          SessionState.ABSENT,
          Optional.empty(),
          ImmutableList.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ImmutableList.of());

  /** Of a session that was never split. */
  public SessionRecord(
      long revision,
      SessionState state,
      Optional<PopId> home,
      ImmutableList<Owed> owes,
      Optional<Epoch> announced,
      Optional<DirectoryEntry> directory) {
    this(revision, state, home, owes, announced, directory, Optional.empty(), ImmutableList.of());
  }

  /** Whether nothing in it is worth a place on disk. */
  public boolean isVoid() {
    return state instanceof SessionState.Absent
        && owes.isEmpty()
        && directory.isEmpty()
        && custody.isEmpty()
        && drops.isEmpty();
  }

  public SessionRecord withState(SessionState newState) {
    return new SessionRecord(revision, newState, home, owes, announced, directory, custody, drops);
  }

  public SessionRecord withHome(PopId birth) {
    return new SessionRecord(
        revision, state, Optional.of(birth), owes, announced, directory, custody, drops);
  }

  public SessionRecord withRevision(long newRevision) {
    return new SessionRecord(newRevision, state, home, owes, announced, directory, custody, drops);
  }

  public SessionRecord withAnnounced(Epoch epoch) {
    Epoch highest = announced.filter(known -> known.isAfter(epoch)).orElse(epoch);
    return new SessionRecord(
        revision, state, home, owes, Optional.of(highest), directory, custody, drops);
  }

  public SessionRecord withoutAnnounced() {
    return new SessionRecord(
        revision, state, home, owes, Optional.empty(), directory, custody, drops);
  }

  public SessionRecord withDirectory(Optional<DirectoryEntry> entry) {
    return new SessionRecord(revision, state, home, owes, announced, entry, custody, drops);
  }

  /** Adds what is owed, in place of what was owed to the same granter for an older epoch. */
  public SessionRecord owing(Owed owed) {
    ImmutableList.Builder<Owed> kept = ImmutableList.builder();
    for (Owed each : owes) {
      if (!each.granter().equals(owed.granter())) {
        kept.add(each);
      }
    }
    return new SessionRecord(
        revision, state, home, kept.add(owed).build(), announced, directory, custody, drops);
  }

  /** Strikes what is owed to {@code granter} up to {@code epoch}. */
  public SessionRecord settled(PopId granter, Epoch epoch) {
    ImmutableList.Builder<Owed> kept = ImmutableList.builder();
    for (Owed each : owes) {
      if (!each.granter().equals(granter) || each.epoch().isAfter(epoch)) {
        kept.add(each);
      }
    }
    return new SessionRecord(
        revision, state, home, kept.build(), announced, directory, custody, drops);
  }

  public SessionRecord withCustody(Optional<Custody> newCustody) {
    return new SessionRecord(revision, state, home, owes, announced, directory, newCustody, drops);
  }

  /** Adds a custodian to be told, in place of what it was to be told for an older epoch. */
  public SessionRecord owing(Drop drop) {
    return withDrops(
        ImmutableList.<Drop>builder()
            .addAll(drops.stream().filter(e -> !e.custodian().equals(drop.custodian())).iterator())
            .add(drop)
            .build());
  }

  /** Strikes what {@code custodian} has acknowledged up to {@code epoch}. */
  public SessionRecord dropped(PopId custodian, Epoch epoch) {
    return withDrops(
        drops.stream()
            .filter(e -> !e.custodian().equals(custodian) || e.epoch().isAfter(epoch))
            .collect(ImmutableList.toImmutableList()));
  }

  private SessionRecord withDrops(ImmutableList<Drop> newDrops) {
    return new SessionRecord(revision, state, home, owes, announced, directory, custody, newDrops);
  }
}
