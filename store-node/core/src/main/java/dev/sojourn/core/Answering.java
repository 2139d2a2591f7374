package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Executed;
import dev.sojourn.core.message.PeerMessage.Moved;
import dev.sojourn.core.message.PeerMessage.Refused;
import dev.sojourn.core.message.PeerMessage.Returning;
import dev.sojourn.core.message.PeerMessage.Unknown;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives answers to whoever asked: to a client of this POP, or to the POP that asks for one. Nothing
 * leaves before the value that it reflects is durable (rule R8).
 */
final class Answering {
  private final Context context;
  private final Residency residency;

  Answering(Context context, Residency residency) {
    this.context = context;
    this.residency = residency;
  }

  /** The request was run here, or replayed; the session stays with {@code place}. */
  void succeed(Slot slot, Ask ask, Outcome.Success success, Routing.Place place) {
    if (ask instanceof Ask.FromClient client) {
      Reply reply = new Reply(success, How.LOCAL, Optional.of(place.pop()), 0);
      context.turn().whenSettled(slot, new Effect.Answer(client.token, reply));
    } else if (ask instanceof Ask.Remote peer) {
      giveBack(
          slot,
          peer,
          back ->
              new Executed(
                  peer.nonce(),
                  peer.asker(),
                  back,
                  place.pop(),
                  place.granter(),
                  place.epoch(),
                  success));
    }
  }

  /** No session was touched, and there is none. */
  void succeedWithoutSession(Slot slot, Ask.Creating ask, Outcome.Success success) {
    if (ask instanceof Ask.FromClient client) {
      Reply reply = new Reply(success, How.LOCAL, Optional.empty(), 0);
      context.turn().whenSettled(slot, new Effect.Answer(client.token, reply));
    } else {
      Epoch none = new Epoch(1, context.self());
      succeed(slot, ask, success, new Routing.Place(context.self(), none, Optional.empty()));
    }
  }

  void fail(Slot slot, Ask ask, Problem problem) {
    if (ask instanceof Ask.ToJoin) {
      return;
    }
    context.count(Step.REFUSED);
    if (ask instanceof Ask.FromClient client) {
      Reply reply = new Reply(new Outcome.Failure(problem), How.LOCAL, problem.pop(), 0);
      context.turn().whenSettled(slot, new Effect.Answer(client.token, reply));
    } else if (ask instanceof Ask.Remote peer) {
      giveBack(slot, peer, back -> new Refused(peer.nonce(), peer.asker(), back, problem));
    }
  }

  void sayMoved(Slot slot, Ask.Remote peer, Routing.Place place) {
    context.count(Step.SAID_MOVED);
    giveBack(
        slot,
        peer,
        back ->
            new Moved(
                peer.nonce(), peer.asker(), back, place.pop(), place.epoch(), place.granter()));
  }

  void sayUnknown(Slot slot, Ask.Remote peer) {
    giveBack(slot, peer, back -> new Unknown(peer.nonce(), peer.asker(), back));
  }

  /**
   * To a POP that may take it for proof that the session is lost: the silence of a directory that
   * is not whole proves nothing (rule R14).
   */
  void sayNothingKnown(Slot slot, Ask.Remote peer) {
    if (context.directoryWhole) {
      sayUnknown(slot, peer);
    } else {
      fail(slot, peer, directoryIncomplete(context.self()));
    }
  }

  static Problem directoryIncomplete(PopId home) {
    return Problem.of(
            ErrorCode.BUSY, "the session's birth POP is still being told where its sessions are")
        .about(home);
  }

  /**
   * Whether an answer can reach the asker at all: settled before anything is executed (R26). Not by
   * way of a POP that may not see what it says (R22).
   */
  boolean canReach(Ask ask, SessionData data) {
    if (!(ask instanceof Ask.Remote peer) || context.isConnected(peer.asker())) {
      return true;
    }
    return context.isConnected(peer.from())
        && peer.path().stream().allMatch(pop -> mayPass(ask, data, pop));
  }

  /** What there is, and what the request is about to add to it. */
  private boolean mayPass(Ask ask, SessionData data, PopId pop) {
    return residency.mayShowAll(data, pop)
        && residency.refusalToShow(data, ask.operations(), pop).isEmpty();
  }

  /** Hands an answer that came back along the path one POP nearer to its asker. */
  void relay(KeyHash key, Returning message) {
    ImmutableList<PopId> back = message.back();
    if (context.isConnected(message.asker()) || back.isEmpty()) {
      context.send(message.asker(), key, message.withBack(ImmutableList.of()));
    } else {
      PopId next = back.get(back.size() - 1);
      context.send(next, key, message.withBack(back.subList(0, back.size() - 1)));
    }
  }

  private void giveBack(
      Slot slot, Ask.Remote peer, Function<ImmutableList<PopId>, PeerMessage> message) {
    ImmutableList<PopId> path = peer.path();
    Effect.Send send;
    if (path.isEmpty() || context.isConnected(peer.asker())) {
      send = new Effect.Send(peer.asker(), slot.key, message.apply(ImmutableList.of()));
    } else {
      PopId next = path.get(path.size() - 1);
      send = new Effect.Send(next, slot.key, message.apply(path.subList(0, path.size() - 1)));
    }
    context.turn().whenSettled(slot, send);
  }
}
