package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.effect.TimerId;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Call;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Asks other POPs: one message that carries the request as well, so that a move costs one trip. */
final class Pulling {
  /** Questions that nobody waits for any more, kept for one session in case they are answered. */
  private static final int ABANDONED_MAX = 16;

  private final Context context;
  private final Answering answering;
  private final Residency residency;

  Pulling(Context context, Answering answering, Residency residency) {
    this.context = context;
    this.answering = answering;
    this.residency = residency;
  }

  /** Asks for a client's request, or lets it wait for a question under way that knows as much. */
  void ask(Slot slot, Ask.FromClient client, Routing.Place place) {
    for (Pull pull : slot.pulls.values()) {
      boolean knowsAsMuch = !place.epoch().isAfter(pull.place.epoch());
      if (pull.purpose != Purpose.SETTLE && !pull.isAbandoned() && knowsAsMuch) {
        pull.waiting.add(client);
        setDeadline(slot, client);
        return;
      }
    }
    askAlone(slot, client, Role.OWNER, place);
  }

  /** Asks at once, whatever else is under way. */
  void askAlone(Slot slot, Ask.FromClient client, Role role, Routing.Place place) {
    start(slot, Purpose.SERVE, role, place, ImmutableSet.of(), Optional.of(client), 0);
  }

  /** Fetches this POP's own grant again, for a request that takes it for the owner (rule R4). */
  void fetch(Slot slot, Ask ask, Epoch epoch, Optional<PopId> granter) {
    fetch(slot, ask, epoch, granter, ImmutableSet.of());
  }

  /** Fetches it after other POPs were asked in vain. */
  void fetch(
      Slot slot, Ask ask, Epoch epoch, Optional<PopId> granter, ImmutableSet<PopId> visited) {
    if (granter.isEmpty() || context.isSelf(granter.get())) {
      followTrail(slot, ask, epoch, visited, 0);
      return;
    }
    for (Pull pull : slot.pulls.values()) {
      boolean knowsAsMuch = !epoch.isAfter(pull.place.epoch());
      // One whose askers have all given up may never be answered: the next asker asks anew.
      if (pull.purpose == Purpose.FETCH && !pull.isAbandoned() && knowsAsMuch) {
        pull.waiting.add(ask);
        setDeadline(slot, ask);
        return;
      }
    }
    Routing.Place place = new Routing.Place(granter.get(), epoch, granter);
    Pull pull = start(slot, Purpose.FETCH, Role.TRAIL, place, visited, Optional.empty(), 0);
    pull.waiting.add(ask);
    setDeadline(slot, ask);
    context.count(Step.FETCHED);
  }

  /** Now that the owner was met by way of another POP, asks it directly for the session. */
  void settle(Slot slot, Ask.FromClient served, Hint hint, Routing.Place owner) {
    if (!context.mayTake() || context.isSelf(owner.pop())) {
      return;
    }
    Call call =
        new Call(
            served.request.id(),
            served.request.key().namespace(),
            hint,
            ImmutableList.of(),
            Bytes.EMPTY,
            hint.residency());
    send(
        slot,
        newPull(Purpose.SETTLE, Role.OWNER, owner, ImmutableSet.of(), Optional.empty(), 0),
        Optional.of(call),
        served.deadlineMillis());
  }

  /** Asks for a session that was offered: it may rest here, and its user is near. */
  void takeUp(Slot slot, Routing.Place offerer) {
    Pull pull =
        newPull(Purpose.SETTLE, Role.OWNER, offerer, ImmutableSet.of(), Optional.empty(), 0);
    send(slot, pull, Optional.empty(), context.now());
    dropOldestAbandoned(slot);
  }

  /** Has a session made at its birth POP, since it may not rest here. */
  void create(Slot slot, Ask.FromClient client) {
    PopId birth = client.request.key().id().birth();
    Optional<Problem> refusal =
        residency.refusalToShow(
            client.request.key().namespace(),
            client.request.creation().residency(),
            client.operations(),
            birth);
    if (refusal.isPresent()) {
      answering.fail(slot, client, refusal.get());
      return;
    }
    Routing.Place place = new Routing.Place(birth, new Epoch(1, birth), Optional.empty());
    Pull pull =
        newPull(Purpose.SERVE, Role.OWNER, place, ImmutableSet.of(), Optional.of(client), 0);
    setDeadline(slot, client);
    slot.pulls.put(pull.nonce, pull);
    context.pulling.add(slot);
    context.count(Step.CREATED_ELSEWHERE);
    context.send(
        birth,
        slot.key,
        new PeerMessage.Create(
            pull.nonce, client.request, Math.max(0, client.deadlineMillis() - context.now())));
  }

  /**
   * The POP that was asked knows nothing: asks the next one along the trail. A request of another
   * POP goes back to it, since it follows its own trail.
   */
  void followTrail(
      Slot slot, Ask ask, Epoch known, ImmutableSet<PopId> visited, int halfRoundTrips) {
    if (ask instanceof Ask.FromPeer peer) {
      answering.sayNothingKnown(slot, peer);
    } else if (ask instanceof Ask.FromClient client) {
      Hint hint = client.hint().orElseThrow();
      Optional<Routing.Place> next = nextOnTrail(slot, hint, known, visited);
      if (next.isPresent()) {
        context.count(Step.ASKED_HOME);
        start(
            slot,
            Purpose.SERVE,
            Role.TRAIL,
            next.get(),
            visited,
            Optional.of(client),
            halfRoundTrips);
      } else if (context.isSelf(hint.id().birth()) && !context.directoryWhole) {
        answering.fail(slot, client, Answering.directoryIncomplete(context.self()));
      } else {
        context.turn().now(new Effect.Alarm(AlarmKind.SESSION_LOST, slot.key));
        answering.fail(slot, client, lost(hint.owner()));
      }
    }
  }

  /** Follows what a POP along the trail said: "ask there". */
  void follow(Slot slot, Pull answered, Ask.FromClient client, Role role, Routing.Place place) {
    start(
        slot,
        Purpose.SERVE,
        role,
        place,
        answered.visited,
        Optional.of(client),
        answered.halfRoundTrips);
  }

  /** Forgets a question that was answered or never will be, with the deadlines of its askers. */
  ImmutableList<Ask> finish(Slot slot, Pull pull) {
    slot.pulls.remove(pull.nonce);
    if (slot.pulls.isEmpty()) {
      context.pulling.remove(slot);
    }
    ImmutableList<Ask> asks = pull.asks();
    asks.forEach(ask -> clearDeadline(slot, ask));
    return asks;
  }

  /** Forgets every question: the session is here now. */
  ImmutableList<Ask> finishAll(Slot slot) {
    ImmutableList.Builder<Ask> asks = ImmutableList.builder();
    for (Pull pull : ImmutableList.copyOf(slot.pulls.values())) {
      asks.addAll(finish(slot, pull));
    }
    return asks.build();
  }

  /** A request waited as long as its client does. */
  void onDeadline(Slot slot, long tag) {
    Ask ask = slot.deadlines.remove(tag);
    if (ask == null) {
      return;
    }
    if (slot.relocating.removeIf(each -> each.ask().filter(ask::equals).isPresent())) {
      answering.fail(
          slot, ask, tooLate(slot.offered.map(Slot.Offered::pop).orElse(context.self())));
      return;
    }
    for (Pull pull : slot.pulls.values()) {
      if (pull.letGo(ask)) {
        // The question stays pending: its answer may still bring the session.
        answering.fail(slot, ask, tooLate(pull.waitsFor()));
        if (pull.isAbandoned() && !context.isConnected(pull.target())) {
          finish(slot, pull);
        }
        dropOldestAbandoned(slot);
        return;
      }
    }
  }

  /** A POP that answers nothing while its stream lives must not make us remember without end. */
  private void dropOldestAbandoned(Slot slot) {
    long abandoned = slot.pulls.values().stream().filter(Pull::isAbandoned).count();
    if (abandoned > ABANDONED_MAX) {
      slot.pulls.values().stream()
          .filter(Pull::isAbandoned)
          .findFirst()
          .ifPresent(oldest -> finish(slot, oldest));
    }
  }

  /** Nothing in flight to that POP will be answered any more, unless it was passed on. */
  void onDisconnected(PopId pop) {
    for (Slot slot : ImmutableList.copyOf(context.pulling)) {
      for (Pull pull : ImmutableList.copyOf(slot.pulls.values())) {
        boolean mayStillBeAnswered = pull.passedTo.isPresent() && !pull.isAbandoned();
        if (pull.target().equals(pop) && !mayStillBeAnswered) {
          for (Ask ask : finish(slot, pull)) {
            answering.fail(slot, ask, unreachable(pop));
          }
        }
      }
    }
  }

  static Problem unreachable(PopId pop) {
    return Problem.of(
            ErrorCode.OWNER_UNREACHABLE,
            "no answer from `" + pop + "`; whether the request was applied there is not known")
        .about(pop);
  }

  private static Problem tooLate(PopId pop) {
    return Problem.of(
            ErrorCode.DEADLINE_EXCEEDED,
            "no answer from `" + pop + "` in time; whether the request was applied is not known")
        .about(pop);
  }

  private static Problem lost(PopId owner) {
    return Problem.of(
            ErrorCode.SESSION_LOST,
            "`" + owner + "` owned this session and no longer has it, nor does anyone else")
        .about(owner);
  }

  private Optional<Routing.Place> nextOnTrail(
      Slot slot, Hint hint, Epoch known, ImmutableSet<PopId> visited) {
    PopId home = hint.id().birth();
    if (!context.isSelf(home) && !visited.contains(home)) {
      return Optional.of(new Routing.Place(home, known, Optional.empty()));
    }
    Optional<DirectoryEntry> listed = slot.record.directory();
    if (listed.isPresent() && isNew(listed.get().pop(), visited)) {
      return Optional.of(
          new Routing.Place(listed.get().pop(), listed.get().epoch(), listed.get().granter()));
    }
    if (isNew(hint.owner(), visited)) {
      return Optional.of(new Routing.Place(hint.owner(), hint.epoch(), hint.granter()));
    }
    return hint.granter()
        .filter(granter -> isNew(granter, visited))
        .map(granter -> new Routing.Place(granter, hint.epoch(), Optional.empty()));
  }

  private boolean isNew(PopId pop, ImmutableSet<PopId> visited) {
    return !context.isSelf(pop) && !visited.contains(pop);
  }

  private Pull start(
      Slot slot,
      Purpose purpose,
      Role role,
      Routing.Place place,
      ImmutableSet<PopId> visited,
      Optional<Ask.FromClient> carried,
      int halfRoundTripsBefore) {
    boolean withholds = carried.isPresent() && !mayEntrust(carried.get(), place.pop());
    Purpose actual = withholds ? Purpose.TAKE : purpose;
    Pull pull = newPull(actual, role, place, visited, carried, halfRoundTripsBefore);
    carried.ifPresent(ask -> setDeadline(slot, ask));
    Optional<Call> call = carried.map(ask -> withholds ? withoutOperations(ask) : call(ask));
    if (withholds) {
      context.count(Step.ASKED_TO_TAKE);
    }
    long deadline = carried.map(Ask::deadlineMillis).orElse(context.now());
    send(slot, pull, call, deadline);
    return pull;
  }

  private Pull newPull(
      Purpose purpose,
      Role role,
      Routing.Place place,
      ImmutableSet<PopId> visited,
      Optional<Ask.FromClient> carried,
      int halfRoundTripsBefore) {
    ImmutableSet<PopId> nowVisited =
        ImmutableSet.<PopId>builder().addAll(visited).add(place.pop()).build();
    return new Pull(
        context.freshNonce(), purpose, role, place, nowVisited, carried, halfRoundTripsBefore + 2);
  }

  /** Whether every value in it may be seen and may rest at {@code pop} (rule R22). */
  private boolean mayEntrust(Ask.FromClient client, PopId pop) {
    return residency.mayEntrust(
        client.request.key().namespace(),
        client.hint().orElseThrow().residency(),
        client.operations(),
        pop);
  }

  private static Call call(Ask.FromClient client) {
    return call(client, client.operations());
  }

  private static Call withoutOperations(Ask.FromClient client) {
    return call(client, ImmutableList.of());
  }

  private static Call call(Ask.FromClient client, ImmutableList<Operation> operations) {
    Hint hint = client.hint().orElseThrow();
    return new Call(
        client.request.id(),
        client.request.key().namespace(),
        hint,
        operations,
        client.digest(),
        hint.residency());
  }

  private void send(Slot slot, Pull pull, Optional<Call> call, long deadlineMillis) {
    pull.ownEpoch = slot.state().epochIfAny();
    slot.pulls.put(pull.nonce, pull);
    context.pulling.add(slot);
    context.send(
        pull.target(),
        slot.key,
        new Acquire(
            pull.purpose,
            pull.role,
            context.self(),
            pull.nonce,
            ImmutableList.of(),
            call,
            pull.place.epoch(),
            pull.place.granter(),
            context.mayTake(),
            RecordFormat.CURRENT,
            Math.max(0, deadlineMillis - context.now())));
  }

  void setDeadline(Slot slot, Ask ask) {
    long tag = context.freshTag();
    slot.deadlines.put(tag, ask);
    context.turn().now(new Effect.SetTimer(deadline(slot, tag), ask.deadlineMillis()));
  }

  void clearDeadline(Slot slot, Ask ask) {
    slot.deadlines
        .entrySet()
        .removeIf(
            entry -> {
              boolean found = entry.getValue() == ask;
              if (found) {
                context.turn().now(new Effect.CancelTimer(deadline(slot, entry.getKey())));
              }
              return found;
            });
  }

  private static TimerId deadline(Slot slot, long tag) {
    return new TimerId(slot.key, TimerId.Kind.REQUEST_DEADLINE, tag);
  }
}
