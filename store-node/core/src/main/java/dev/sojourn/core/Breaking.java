package dev.sojourn.core;

import dev.sojourn.core.effect.Step;
import dev.sojourn.core.state.SessionState.Owned;

/**
 * Takes up a session again that a crash may have cut short: a change of owner to oneself, with a
 * mark of where it was cut (rule R16). It happens when the record is first needed, so that a start
 * costs nothing for sessions that nobody asks for.
 */
final class Breaking {
  private final Context context;
  private final Obligations obligations;

  Breaking(Context context, Obligations obligations) {
    this.context = context;
    this.obligations = obligations;
  }

  /** To be called before anything is read from a record that was just loaded. */
  void onLoaded(Slot slot) {
    if (slot.state() instanceof Owned owned && mayHaveLost(owned)) {
      long hintsEnd = obligations.hintsEndAtMillis(owned.data().lifetime());
      long looseIn = context.looseIn(owned.data().key().namespace());
      slot.become(owned.broken(context.self(), looseIn, hintsEnd));
      // INVARIANT: no hint of the new epoch leaves before it is durable, or a second crash would
      // make the same epoch anew from another version.
      context.turn().writeValue(slot);
      context.count(Step.BROKEN);
      obligations.say(slot);
    }
  }

  private boolean mayHaveLost(Owned owned) {
    return owned.looseIn() > 0 && owned.looseIn() < context.settings.life().intactSince();
  }
}
