package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Executed;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.message.PeerMessage.Moved;
import dev.sojourn.core.message.PeerMessage.PassedTo;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Refused;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.message.PeerMessage.Unknown;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Takes in what other POPs answer. An answer counts only against a question of this incarnation
 * that is still open (rule R3); nothing is assumed about what the other side did otherwise.
 */
final class PullAnswers {
  private final Context context;
  private final Answering answering;
  private final Pulling pulling;
  private final Receiving receiving;
  private final Requests requests;
  private final Residency residency;

  PullAnswers(
      Context context,
      Answering answering,
      Pulling pulling,
      Receiving receiving,
      Requests requests,
      Residency residency) {
    this.residency = residency;
    this.context = context;
    this.answering = answering;
    this.pulling = pulling;
    this.receiving = receiving;
    this.requests = requests;
  }

  void onGranted(Slot slot, PopId from, Granted message) {
    openQuestion(slot, message.nonce())
        .ifPresent(pull -> receiving.receive(slot, pull, from, message));
  }

  void onExecuted(Slot slot, Executed message) {
    Optional<Pull> found = open(slot, message.nonce());
    if (found.isEmpty()) {
      return;
    }
    Pull pull = found.get();
    Routing.Place owner = new Routing.Place(message.owner(), message.epoch(), message.granter());
    Optional<Ask.FromClient> carried = pull.carried;
    ImmutableList<Ask> asks = pulling.finish(slot, pull);
    if (carried.isPresent()) {
      context.count(Step.EXECUTED_REMOTELY);
      answer(carried.get(), message.success(), owner.pop(), pull.halfRoundTrips);
      boolean wasPassedOn = !owner.pop().equals(pull.target());
      if (wasPassedOn) {
        Optional<Hint> had = carried.get().hint();
        message
            .success()
            .hint()
            .or(() -> had)
            .ifPresent(hint -> pulling.settle(slot, carried.get(), hint, owner));
      }
    }
    for (Ask ask : asks) {
      if (carried.isEmpty() || ask != carried.get()) {
        askOnItsOwn(slot, ask, Role.OWNER, owner);
      }
    }
  }

  void onPassedTo(Slot slot, PassedTo message) {
    open(slot, message.nonce())
        .ifPresent(
            pull -> {
              pull.passedTo = Optional.of(message.to());
              pull.halfRoundTrips++;
            });
  }

  void onMoved(Slot slot, Moved message) {
    Optional<Pull> found = openQuestion(slot, message.nonce());
    if (found.isEmpty()) {
      return;
    }
    Pull pull = found.get();
    Routing.Place place = new Routing.Place(message.to(), message.epoch(), message.granter());
    boolean leadsOn = message.epoch().isAfter(pull.place.epoch());
    for (Ask ask : pulling.finish(slot, pull)) {
      if (context.isSelf(place.pop())) {
        fetchOrFollow(slot, pull, ask, place);
      } else if (ask instanceof Ask.FromPeer peer) {
        answering.sayMoved(slot, peer, place);
      } else if (ask instanceof Ask.FromClient client) {
        boolean isNewOnTrail = pull.role == Role.TRAIL && !pull.visited.contains(place.pop());
        if (leadsOn || pull.purpose == Purpose.FETCH) {
          pulling.follow(slot, pull, client, Role.OWNER, place);
        } else if (isNewOnTrail) {
          pulling.follow(slot, pull, client, Role.TRAIL, place);
        } else {
          pulling.followTrail(slot, client, pull.place.epoch(), pull.visited, pull.halfRoundTrips);
        }
      }
    }
  }

  /** Our own question was passed on to us: somebody takes us for the owner. */
  void onCameBack(Slot slot, Acquire message) {
    onMoved(
        slot,
        new Moved(
            message.nonce(),
            context.self(),
            ImmutableList.of(),
            context.self(),
            message.knownEpoch(),
            message.allegedGranter()));
  }

  void onRefused(Slot slot, Refused message) {
    Optional<Pull> found = open(slot, message.nonce());
    if (found.isEmpty()) {
      return;
    }
    Pull pull = found.get();
    Optional<Ask.FromClient> carried = pull.carried;
    for (Ask ask : pulling.finish(slot, pull)) {
      boolean concernsIt =
          pull.purpose == Purpose.FETCH || (carried.isPresent() && ask == carried.get());
      if (concernsIt) {
        answering.fail(slot, ask, message.problem());
      } else {
        askOnItsOwn(slot, ask, pull.role, pull.place);
      }
    }
  }

  void onUnknown(Slot slot, Unknown message) {
    Optional<Pull> found = openQuestion(slot, message.nonce());
    if (found.isPresent()) {
      Pull pull = found.get();
      for (Ask ask : pulling.finish(slot, pull)) {
        pulling.followTrail(slot, ask, pull.place.epoch(), pull.visited, pull.halfRoundTrips);
      }
    }
  }

  void onStay(Slot slot, Nonce nonce) {
    open(slot, nonce).ifPresent(pull -> requests.handleAll(slot, pulling.finish(slot, pull)));
  }

  private static Optional<Pull> open(Slot slot, Nonce nonce) {
    return Optional.ofNullable(slot.pulls.get(nonce));
  }

  /** One for a session that there is: to have one made, only results or a refusal are an answer. */
  private static Optional<Pull> openQuestion(Slot slot, Nonce nonce) {
    return open(slot, nonce)
        .filter(pull -> pull.carried.isEmpty() || pull.carried.get().hint().isPresent());
  }

  private void fetchOrFollow(Slot slot, Pull pull, Ask ask, Routing.Place place) {
    boolean isAboveOurs =
        slot.state().epochIfAny().map(own -> place.epoch().isAfter(own)).orElse(true);
    // A granter that was asked before has nothing to fetch, unless it says so now by itself and was
    // not asked to repeat its grant. Without this, two POPs could send a request in a circle.
    boolean askedBefore = place.granter().filter(pull.visited::contains).isPresent();
    boolean saysSoItself =
        pull.purpose != Purpose.FETCH && place.granter().filter(pull.target()::equals).isPresent();
    if (isAboveOurs && (!askedBefore || saysSoItself)) {
      pulling.fetch(slot, ask, place.epoch(), place.granter(), pull.visited);
    } else {
      pulling.followTrail(slot, ask, pull.place.epoch(), pull.visited, pull.halfRoundTrips);
    }
  }

  /** A request that had waited for another one's answer, and now needs one of its own. */
  private void askOnItsOwn(Slot slot, Ask ask, Role role, Routing.Place place) {
    if (ask instanceof Ask.FromClient client
        && client.hint().isPresent()
        && !context.isSelf(place.pop())
        && !(slot.state() instanceof Owned)) {
      pulling.askAlone(slot, client, role, place);
    } else {
      requests.handle(slot, ask);
    }
  }

  private void answer(
      Ask.FromClient client, Outcome.Success success, PopId owner, int halfRoundTrips) {
    Outcome.Success shown = residency.shownTo(client, success);
    Reply reply = new Reply(shown, How.EXECUTED, Optional.of(owner), halfRoundTrips);
    context.turn().now(new Effect.Answer(client.token, reply));
  }
}
