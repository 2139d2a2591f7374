package dev.sojourn.core;

import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.message.PeerMessage.Announce;
import dev.sojourn.core.message.PeerMessage.AnnounceAck;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** The birth POP's directory: the last resort of a request whose trail has gone cold (rule R14). */
final class Announcing {
  /** An expiry that grew by less is not worth a write: lifetimes travel with some slack. */
  private static final long EXPIRY_GROWTH_MILLIS_MIN = 60_000;

  private final Context context;
  private final Requests requests;
  private final Obligations obligations;

  Announcing(Context context, Requests requests, Obligations obligations) {
    this.context = context;
    this.requests = requests;
    this.obligations = obligations;
  }

  void onAnnounce(Slot slot, PopId from, Announce announce) {
    Optional<DirectoryEntry> old = slot.record.directory();
    DirectoryEntry said =
        new DirectoryEntry(
            announce.epoch(),
            announce.pop(),
            announce.granter(),
            announce.ended(),
            expiresAtMillis(old, from, announce));
    DirectoryEntry merged = old.map(entry -> entry.merge(said)).orElse(said);
    boolean isNews = old.isEmpty() || differs(old.get(), merged);
    if (isNews) {
      slot.record = slot.record.withDirectory(Optional.of(merged)).withHome(context.self());
      context.turn().write(slot);
    }
    if (collapseChain(slot, announce)) {
      context.turn().write(slot);
    }
    boolean isElsewhere = !context.isSelf(announce.pop());
    if (slot.state() instanceof Owned owned
        && (announce.epoch().isAfter(owned.epoch())
            || (isElsewhere && announce.epoch().equals(owned.epoch())))) {
      requests.suspect(slot, owned);
    }
    AnnounceAck ack = new AnnounceAck(announce.epoch(), announce.ended());
    context.turn().whenDurable(slot, new Effect.Send(from, slot.key, ack));
  }

  void onAnnounceAck(Slot slot, AnnounceAck ack) {
    boolean saysTooLittle = slot.state() instanceof Tombstone && !ack.ended();
    boolean isNews = slot.record.announced().map(known -> ack.epoch().isAfter(known)).orElse(true);
    if (!saysTooLittle && isNews && slot.record.revision() > 0) {
      slot.record = slot.record.withAnnounced(ack.epoch());
      context.turn().writeLazily(slot);
    }
  }

  /** The birth POP lost its store: what it acknowledged is owed again. */
  void onHomeForgot(Slot slot) {
    boolean isElsewhere = slot.record.home().filter(home -> !context.isSelf(home)).isPresent();
    if (isElsewhere && slot.record.announced().isPresent()) {
      slot.record = slot.record.withoutAnnounced();
      slot.reminders = 0;
      context.turn().writeLazily(slot);
      obligations.say(slot);
    }
  }

  /** Only the owner knows how long the session may live; the holder of a forward can only guess. */
  private long expiresAtMillis(Optional<DirectoryEntry> old, PopId from, Announce announce) {
    boolean isGuess = !from.equals(announce.pop());
    return isGuess && old.isPresent()
        ? old.get().expiresAtMillis()
        : context.now() + announce.lifetimeLeftMillis() + context.settings.clockErrorMillis();
  }

  private static boolean differs(DirectoryEntry old, DirectoryEntry merged) {
    return !old.epoch().equals(merged.epoch())
        || old.ended() != merged.ended()
        || merged.expiresAtMillis() - old.expiresAtMillis() > EXPIRY_GROWTH_MILLIS_MIN;
  }

  /** A forward of ours learns of a newer place, and of who granted that. */
  private boolean collapseChain(Slot slot, Announce announce) {
    if (slot.state() instanceof Forward forward
        && !announce.ended()
        && announce.epoch().isAfter(forward.epoch())
        && !context.isSelf(announce.pop())) {
      slot.become(
          new Forward(
              announce.epoch(),
              announce.pop(),
              announce.granter(),
              forward.expiresAtMillis(),
              false));
      return true;
    }
    return false;
  }
}
