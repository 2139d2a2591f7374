package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Confirm;
import dev.sojourn.core.message.PeerMessage.ConfirmAck;
import dev.sojourn.core.message.PeerMessage.DeclineAck;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;

/** The second half of a hand-off: the granter drops its payload, or takes the session back on. */
final class Confirming {
  private final Context context;
  private final Pulling pulling;
  private final Requests requests;
  private final Ending ending;
  private final Obligations obligations;

  Confirming(
      Context context, Pulling pulling, Requests requests, Ending ending, Obligations obligations) {
    this.context = context;
    this.pulling = pulling;
    this.requests = requests;
    this.ending = ending;
    this.obligations = obligations;
  }

  void onConfirm(Slot slot, PopId from, Confirm confirm) {
    if (slot.state() instanceof Granted granted && granted.grantee().equals(from)) {
      boolean isThisGrant = confirm.epoch().equals(granted.epoch());
      if (isThisGrant && !confirm.digest().equals(granted.digest())) {
        context.turn().now(new Effect.Alarm(AlarmKind.CONFIRM_DIGEST_DIFFERS, slot.key));
        return;
      }
      if (isThisGrant || confirm.epoch().isAfter(granted.epoch())) {
        slot.become(granted.confirmed(obligations.hintsEndAtMillis(granted.data().lifetime())));
        context.turn().write(slot);
        context.count(Step.PAYLOAD_DROPPED);
      }
    } else if (slot.state() instanceof Owned owned && !owned.epoch().isAfter(confirm.epoch())) {
      // Whoever confirms an epoch owned it: this store went back to before it gave that away.
      requests.suspect(slot, owned);
      return;
    }
    // A late or repeated confirm drops nothing; it is acknowledged so that it stops.
    say(slot, from, new ConfirmAck(confirm.epoch()));
  }

  void onConfirmAck(Slot slot, PopId from, Epoch epoch) {
    var settled = slot.record.settled(from, epoch);
    if (settled.owes().size() != slot.record.owes().size()) {
      slot.record = settled;
      context.turn().writeLazily(slot);
    }
  }

  void onDeclined(Slot slot, PopId from, Epoch epoch) {
    if (slot.state() instanceof Granted granted
        && granted.grantee().equals(from)
        && epoch.isAfter(granted.epoch())) {
      Owned owned = granted.handedBack(epoch);
      slot.become(
          owned
              .withData(Keeping.comeHome(slot, owned.data()))
              .loosenedIn(context.looseIn(owned.data().key().namespace())));
      context.turn().writeValue(slot);
      context.count(Step.RESUMED);
      ImmutableList<Ask> asks = pulling.finishAll(slot);
      obligations.say(slot);
      say(slot, from, new DeclineAck(epoch));
      requests.handleAll(slot, asks);
    } else if (slot.state() instanceof Forward forward
        && forward.to().equals(from)
        && forward.lapsed()
        && epoch.isAfter(forward.epoch())) {
      // It comes back after its payload has run out here: there is nothing to go on with.
      ending.bury(
          slot, new Tombstone(epoch, new SessionState.Ending.Expired(), forward.expiresAtMillis()));
      say(slot, from, new DeclineAck(epoch));
      requests.handleAll(slot, pulling.finishAll(slot));
    } else if (slot.state() instanceof Owned owned && epoch.isAfter(owned.epoch())) {
      requests.suspect(slot, owned);
    } else {
      say(slot, from, new DeclineAck(epoch));
    }
  }

  void onDeclineAck(Slot slot, PopId from, Epoch epoch) {
    if (slot.state() instanceof Declined declined
        && declined.granter().equals(from)
        && declined.epoch().equals(epoch)) {
      slot.become(declined.acknowledged());
      context.turn().writeLazily(slot);
    }
  }

  private void say(Slot slot, PopId to, PeerMessage message) {
    context.turn().whenDurable(slot, new Effect.Send(to, slot.key, message));
  }
}
