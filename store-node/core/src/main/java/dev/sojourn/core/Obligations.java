package dev.sojourn.core;

import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Announce;
import dev.sojourn.core.message.PeerMessage.Confirm;
import dev.sojourn.core.message.PeerMessage.DropPart;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Absent;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Known;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What this POP must say until it is acknowledged: confirms, declines and announces. All of it
 * follows from the durable record, so a restart forgets none of it; the record's due time brings
 * the session back when it is time to say it again.
 */
final class Obligations {
  private static final int DOUBLINGS_MAX = 20;

  private final Context context;

  Obligations(Context context) {
    this.context = context;
  }

  /** Says all that is owed, once the record that it follows from is durable. */
  void say(Slot slot) {
    slot.remindedAtMillis = context.now();
    for (Owed owed : slot.record.owes()) {
      say(slot, owed.granter(), new Confirm(owed.epoch(), owed.digest()));
    }
    for (Drop drop : slot.record.drops()) {
      say(slot, drop.custodian(), new DropPart(drop.epoch()));
    }
    if (slot.state() instanceof Declined declined) {
      say(slot, declined.granter(), new PeerMessage.Declined(declined.epoch()));
    }
    announcement(slot).ifPresent(announce -> say(slot, slot.record.home().orElseThrow(), announce));
  }

  boolean isPending(Slot slot) {
    return !slot.record.owes().isEmpty()
        || !slot.record.drops().isEmpty()
        || slot.state() instanceof Declined
        || announcement(slot).isPresent();
  }

  /** When the core wants to hear of this record again. */
  long dueAtMillis(Slot slot) {
    long custodyEnds = slot.record.custody().map(Custody::expiresAtMillis).orElse(Long.MAX_VALUE);
    long ends = Math.min(endsAtMillis(slot.record), custodyEnds);
    if (!isPending(slot)) {
      return ends;
    }
    int doublings = Math.min(slot.reminders, DOUBLINGS_MAX);
    long pause =
        Math.min(
            context.settings.retryMaxMillis(), context.settings.retryFirstMillis() << doublings);
    // Counted from the last time it was said, not from this write, or else a session that is
    // written more often than that would never say it again.
    long again = Math.max(context.now(), slot.remindedAtMillis + pause);
    // What has run out already is only waiting for an acknowledgement.
    return ends <= context.now() ? again : Math.min(again, ends);
  }

  /** When the last hint that names this POP as the owner has surely expired everywhere. */
  long hintsEndAtMillis(Lifetime lifetime) {
    return HintIssuing.expiryAtMillis(lifetime, context.now())
        + context.settings.clockErrorMillis();
  }

  /** Whether the birth POP knows of this epoch, so that this POP may forget it. */
  boolean homeKnows(SessionRecord record, Epoch epoch) {
    return record.home().filter(home -> !context.isSelf(home)).isEmpty()
        || record.announced().filter(known -> !epoch.isAfter(known)).isPresent();
  }

  private Optional<Announce> announcement(Slot slot) {
    if (!(slot.state() instanceof Known known) || homeKnows(slot.record, known.epoch())) {
      return Optional.empty();
    }
    if (known instanceof Owned owned) {
      Optional<PopId> granter =
          slot.record.owes().stream()
              .filter(owed -> owed.epoch().equals(owned.epoch()))
              .map(Owed::granter)
              .findFirst();
      return Optional.of(
          announce(
              owned.epoch(),
              context.self(),
              granter,
              false,
              owned.data().lifetime().absoluteEndsAtMillis()));
    } else if (known instanceof Granted granted && slot.record.announced().isEmpty()) {
      // A birth POP that has heard nothing from here, because its store is new or the session went
      // on at once, would find no way to a session whose grant has not been received yet.
      return Optional.of(
          announce(
              granted.epoch(),
              granted.grantee(),
              Optional.of(context.self()),
              false,
              granted.data().lifetime().absoluteEndsAtMillis()));
    } else if (known instanceof Tombstone tombstone) {
      return Optional.of(
          announce(
              tombstone.epoch(),
              context.self(),
              Optional.empty(),
              true,
              tombstone.expiresAtMillis()));
    } else if (known instanceof Forward forward && forward.expiresAtMillis() <= context.now()) {
      return Optional.of(
          announce(
              forward.epoch(),
              forward.to(),
              forward.granter(),
              false,
              context.now() + context.absoluteMillisMax()));
    } else if (known instanceof Forward forward
        && forward.lapsed()
        && slot.record.announced().isEmpty()) {
      // Nobody else can say it: the grantee may never have received it, or has lost it since.
      return Optional.of(
          announce(
              forward.epoch(),
              forward.to(),
              Optional.of(context.self()),
              false,
              forward.expiresAtMillis()));
    }
    return Optional.empty();
  }

  private Announce announce(
      Epoch epoch, PopId pop, Optional<PopId> granter, boolean ended, long untilMillis) {
    return new Announce(epoch, pop, granter, ended, Math.max(0, untilMillis - context.now()));
  }

  private static long endsAtMillis(SessionRecord record) {
    SessionState state = record.state();
    if (state instanceof Owned owned) {
      return owned.data().lifetime().endsAtMillis();
    } else if (state instanceof Granted granted) {
      return granted.data().lifetime().endsAtMillis();
    } else if (state instanceof Forward forward) {
      return forward.expiresAtMillis();
    } else if (state instanceof Tombstone tombstone) {
      return tombstone.expiresAtMillis();
    } else if (state instanceof Suspect || state instanceof Declined) {
      return Long.MAX_VALUE;
    } else if (state instanceof Absent) {
      return record.directory().map(DirectoryEntry::expiresAtMillis).orElse(Long.MAX_VALUE);
    }
    throw new AssertionError("a state without an end: " + state.getClass());
  }

  private void say(Slot slot, PopId to, PeerMessage message) {
    context.turn().whenDurable(slot, new Effect.Send(to, slot.key, message));
  }
}
