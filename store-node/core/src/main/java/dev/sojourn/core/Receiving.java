package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Takes in a grant: the user is answered at once, since all that is said is durable at the granter;
 * then the session is made durable here; only then is the granter told (rule R5).
 */
final class Receiving {
  private final Context context;
  private final Pulling pulling;
  private final Requests requests;
  private final Obligations obligations;
  private final Residency residency;
  private final Sweeping sweeping;

  Receiving(
      Context context,
      Pulling pulling,
      Requests requests,
      Obligations obligations,
      Residency residency,
      Sweeping sweeping) {
    this.residency = residency;
    this.sweeping = sweeping;
    this.context = context;
    this.pulling = pulling;
    this.requests = requests;
    this.obligations = obligations;
  }

  void receive(Slot slot, Pull pull, PopId granter, Granted message) {
    boolean isNew = slot.state().epochIfAny().map(own -> message.epoch().isAfter(own)).orElse(true);
    if (!isNew) {
      setAside(slot, pull);
    } else if (message.withheld()) {
      decline(slot, pull, granter, message);
    } else if (!Digests.ofPayload(message.data()).equals(message.digest())) {
      context.turn().now(new Effect.Alarm(AlarmKind.GRANT_DIGEST_DIFFERS, slot.key));
    } else if (context.mayTake() && mayRestHere(slot, message)) {
      install(slot, pull, granter, message);
    } else {
      decline(slot, pull, granter, message);
    }
  }

  /** Both ends decide: what the granter may give away, this POP may still not keep (rule R20). */
  private boolean mayRestHere(Slot slot, Granted message) {
    return residency.refusalToStore(Keeping.whole(slot, message.data()), context.self()).isEmpty();
  }

  /**
   * The granter knows nothing newer than this POP does. Whoever waits tries again from the start
   * only if more is known now than when the question was asked; else it would be led here again.
   */
  private void setAside(Slot slot, Pull pull) {
    boolean knowsMore =
        slot.state() instanceof Owned || !slot.state().epochIfAny().equals(pull.ownEpoch);
    for (Ask ask : pulling.finish(slot, pull)) {
      if (knowsMore) {
        requests.handle(slot, ask);
      } else {
        pulling.followTrail(slot, ask, pull.place.epoch(), pull.visited, pull.halfRoundTrips);
      }
    }
  }

  private void install(Slot slot, Pull pull, PopId granter, Granted message) {
    long now = context.now();
    SessionData data = Keeping.comeHome(slot, message.data().shifted(now));
    if (message.data().leftBehind().isPresent() && data.leftBehind().isEmpty()) {
      context.count(Step.CAME_HOME);
    }
    slot.record =
        slot.record
            .withHome(data.key().id().birth())
            .owing(new Owed(granter, message.epoch(), message.digest()));
    slot.become(new Owned(message.epoch(), data, context.looseIn(data.key().namespace())));
    listIfHome(slot, message.epoch(), data);
    slot.granter = Optional.of(granter);
    slot.persistSeq = context.turn().seq;
    slot.cameFrom = Optional.of(granter);
    slot.heldSinceMillis = now;
    slot.lastUsedAtMillis = now;
    context.turn().write(slot);
    context.count(Step.TAKEN);
    Optional<Ask.FromClient> carried = pull.carried;
    ImmutableList<Ask> asks = pulling.finishAll(slot);
    boolean answered = carried.isPresent() && message.answered().isPresent();
    if (answered) {
      // Everything it says is durable at the granter, which keeps the payload until our confirm.
      answerNow(carried.get(), message.answered().get(), How.GRANTED, context.self(), pull);
    }
    obligations.say(slot);
    for (Ask ask : asks) {
      if (!answered || ask != carried.get()) {
        requests.handle(slot, ask);
      }
    }
    if (slot.state() instanceof Owned owned) {
      sweeping.onReceived(slot, owned);
    }
  }

  private void listIfHome(Slot slot, Epoch epoch, SessionData data) {
    if (context.isSelf(data.key().id().birth())) {
      DirectoryEntry here =
          new DirectoryEntry(
              epoch,
              context.self(),
              Optional.empty(),
              false,
              data.lifetime().absoluteEndsAtMillis() + context.settings.clockErrorMillis());
      slot.record =
          slot.record.withDirectory(
              Optional.of(slot.record.directory().map(old -> old.merge(here)).orElse(here)));
    }
  }

  /** Hands it back by a durable grant of our own, before anything is said (rule R7). */
  private void decline(Slot slot, Pull pull, PopId granter, Granted message) {
    Epoch back = message.epoch().next(context.self());
    slot.record = slot.record.withHome(message.data().key().id().birth());
    long hintsEnd = obligations.hintsEndAtMillis(message.data().shifted(context.now()).lifetime());
    slot.become(new Declined(back, granter, hintsEnd));
    slot.barrierSeq = context.turn().seq;
    context.turn().write(slot);
    context.count(Step.DECLINED);
    Optional<Ask.FromClient> carried = pull.carried;
    ImmutableList<Ask> asks = pulling.finishAll(slot);
    boolean answered = carried.isPresent() && message.answered().isPresent();
    if (answered) {
      Outcome.Success success = residency.shownTo(carried.get(), message.answered().get());
      Optional<Hint> hint = success.hint().map(old -> handedBack(old, granter, back));
      Outcome.Success redirected =
          new Outcome.Success(
              success.results(), hint, success.version(), Optional.of(back), success.flags());
      Reply reply = new Reply(redirected, How.EXECUTED, Optional.of(granter), pull.halfRoundTrips);
      context.turn().whenDurable(slot, new Effect.Answer(carried.get().token, reply));
    }
    obligations.say(slot);
    for (Ask ask : asks) {
      if (!answered || ask != carried.get()) {
        requests.handle(slot, ask);
      }
    }
  }

  private Hint handedBack(Hint hint, PopId owner, Epoch epoch) {
    return new Hint(
        hint.id(),
        hint.generation(),
        owner,
        epoch,
        hint.version(),
        hint.residency(),
        hint.expiresAtMillis(),
        Optional.of(context.self()));
  }

  private void answerNow(
      Ask.FromClient client, Outcome.Success success, How how, PopId owner, Pull pull) {
    Outcome.Success shown = residency.shownTo(client, success);
    Reply reply = new Reply(shown, how, Optional.of(owner), pull.halfRoundTrips);
    context.turn().now(new Effect.Answer(client.token, reply));
  }
}
