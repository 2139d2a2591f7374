package dev.sojourn.core;

import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Says where a session is, as far as this POP can know: the highest epoch known wins. */
final class Routing {
  /**
   * Somewhere that the session went.
   *
   * @param granter who may still hold the payload, where the move may not be durable yet
   * @param ended the session is known to have ended
   */
  record Place(PopId pop, Epoch epoch, Optional<PopId> granter, boolean ended) {
    Place(PopId pop, Epoch epoch, Optional<PopId> granter) {
      this(pop, epoch, granter, false);
    }
  }

  private final Context context;

  Routing(Context context) {
    this.context = context;
  }

  /** The best place among this POP's own record, the client's hint, and the directory if ours. */
  Optional<Place> best(Slot slot, Optional<Hint> hint) {
    Optional<Place> known = known(slot);
    if (known.isPresent() && known.get().ended()) {
      return known;
    }
    Optional<Place> hinted =
        hint.map(said -> new Place(said.owner(), said.epoch(), said.granter()));
    return newer(known, hinted);
  }

  /** The best place that this POP's record and directory know of. */
  Optional<Place> known(Slot slot) {
    Optional<Place> listed = slot.record.directory().map(Routing::place);
    if (listed.isPresent() && listed.get().ended()) {
      return listed;
    }
    return newer(ownPlace(context, slot), listed);
  }

  /**
   * Whether the directory proves that the session has gone on since {@code epoch}, or has ended:
   * then neither a record nor anybody's word of that epoch leads to the session.
   */
  boolean isOutdone(Slot slot, Optional<Epoch> epoch) {
    return slot.record
        .directory()
        .filter(
            entry -> entry.ended() || epoch.filter(old -> entry.epoch().isAfter(old)).isPresent())
        .isPresent();
  }

  /** Where this POP's own record says that the session is. */
  static Optional<Place> ownPlace(Context context, Slot slot) {
    SessionState state = slot.state();
    PopId self = context.self();
    if (state instanceof Owned owned) {
      Optional<PopId> granter = slot.persistSeq > context.doneSeq ? slot.granter : Optional.empty();
      return Optional.of(new Place(self, owned.epoch(), granter));
    } else if (state instanceof Granted granted) {
      return Optional.of(new Place(granted.grantee(), granted.epoch(), Optional.of(self)));
    } else if (state instanceof Declined declined) {
      return Optional.of(new Place(declined.granter(), declined.epoch(), Optional.of(self)));
    } else if (state instanceof Forward forward) {
      // With no granter on record it was this POP that let the session go: whoever is taken for the
      // owner and has nothing is to ask here, and hears that the grant ran out unfetched.
      Optional<PopId> granter = forward.granter().or(() -> Optional.of(self));
      return Optional.of(new Place(forward.to(), forward.epoch(), granter));
    } else if (state instanceof Suspect suspect) {
      return Optional.of(new Place(self, suspect.epoch(), Optional.empty()));
    }
    return Optional.empty();
  }

  private static Place place(DirectoryEntry entry) {
    return new Place(entry.pop(), entry.epoch(), entry.granter(), entry.ended());
  }

  private static Optional<Place> newer(Optional<Place> first, Optional<Place> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isPresent() ? first : second;
    }
    return second.get().epoch().isAfter(first.get().epoch()) ? second : first;
  }
}
