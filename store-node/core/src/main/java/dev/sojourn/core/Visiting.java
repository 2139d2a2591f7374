package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.Visit.Extent;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.PartRead;
import dev.sojourn.core.message.PeerMessage.PartRefused;
import dev.sojourn.core.message.PeerMessage.ReadPart;
import dev.sojourn.core.message.PeerMessage.WritePart;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the owner of a split session runs a request that needs what was left behind (rule R23): it
 * asks the custodian for that, runs the request in memory on both parts, has the custodian keep
 * what changed beside what it has, and then swings its pointer in its own one commit. After each
 * answer the request is handled again from the first check, so that nothing is ever half done.
 */
final class Visiting {
  private final Steps steps;
  private final Context context;

  Visiting(Steps steps) {
    this.steps = steps;
    this.context = steps.context;
  }

  /** The request has passed every check of the owner. Those for one part go one after the other. */
  void handle(Slot slot, Owned owned, Ask ask) {
    LeftBehind part = owned.data().leftBehind().orElseThrow();
    Optional<Problem> refusal =
        steps.residency.refusalToShow(owned.data(), ask.operations(), context.self());
    if (refusal.isPresent()) {
      steps.answering.fail(slot, ask, refusal.get());
    } else if (context.isSelf(part.custodian())) {
      // It came back to its custodian, which no longer has it.
      steps.answering.fail(slot, ask, steps.keeping.missing(slot));
    } else if (slot.visit.filter(visit -> visit.ask != ask).isPresent()) {
      slot.visitors.add(ask);
      setDeadline(slot, ask);
    } else if (slot.visit.filter(visit -> visit.base.equals(part.stamp())).isEmpty()) {
      read(slot, owned.data(), part, ask);
    } else if (slot.visit.get().extent == Extent.WHOLE && mayJoin(owned.data(), slot.visit.get())) {
      join(slot, owned, part, slot.visit.get());
    } else if (lacksWhatIsNamed(owned.data(), part, slot.visit.get())) {
      readByName(slot, owned.data(), part, ask);
    } else if (!(ask instanceof Ask.ToJoin)) {
      run(slot, owned, part, slot.visit.get());
    }
  }

  /**
   * The part may not stay with its custodian, and perhaps may rest here: the session is made whole,
   * and no request has to come first (rule R21).
   */
  void fetch(Slot slot, Ask.ToJoin ask) {
    boolean isFree = slot.visit.map(visit -> visit.ask == ask).orElse(true);
    if (isFree
        && slot.state() instanceof Owned owned
        && owned.data().leftBehind().isPresent()
        && !owned.data().lifetime().isOver(context.now())) {
      handle(slot, owned, ask);
    }
  }

  private void read(Slot slot, SessionData data, LeftBehind part, Ask ask) {
    boolean joins = ask instanceof Ask.ToJoin || steps.splitting.mayJoin(data, part);
    boolean all = joins || ask.operations().stream().anyMatch(Splitting::readsAll);
    Extent extent = joins ? Extent.WHOLE : Extent.NEEDED;
    Visit visit = new Visit(ask, part.custodian(), part.stamp(), extent);
    read(slot, visit, all ? ImmutableSortedSet.of() : marksOfNamed(data, ask));
  }

  /**
   * Asked for all, the custodian has left something out that the request names: its policy is the
   * stricter one just now. Asked by name, it says which rule forbids that.
   */
  private void readByName(Slot slot, SessionData data, LeftBehind part, Ask ask) {
    read(
        slot,
        new Visit(ask, part.custodian(), part.stamp(), Extent.NAMED),
        marksOfNamed(data, ask));
  }

  private void read(Slot slot, Visit visit, ImmutableSortedSet<Long> marks) {
    slot.visit = Optional.of(visit);
    context.visiting.add(slot);
    setDeadline(slot, visit.ask);
    context.count(Step.PART_READ);
    ask(slot, visit, new ReadPart(openQuestion(visit), visit.base, marks));
  }

  private static ImmutableSortedSet<Long> marksOfNamed(SessionData data, Ask ask) {
    return LeftBehind.marks(data.key(), Splitting.names(ask.operations()));
  }

  /** What was not seen must not be taken for a field that is not there. */
  private static boolean lacksWhatIsNamed(SessionData data, LeftBehind part, Visit visit) {
    PartRead seen = visit.seen.orElseThrow();
    return seen.redacted()
        && Splitting.names(visit.ask.operations()).stream()
            .anyMatch(
                name -> Splitting.isBehind(data, part, name) && !seen.fields().containsKey(name));
  }

  private Nonce openQuestion(Visit visit) {
    Nonce nonce = context.freshNonce();
    visit.open = Optional.of(nonce);
    return nonce;
  }

  private void ask(Slot slot, Visit visit, PeerMessage question) {
    context.turn().whenDurable(slot, new Effect.Send(visit.custodian, slot.key, question));
  }

  /** Whether what was read may rest here after all, by what its fields are now. */
  private boolean mayJoin(SessionData data, Visit visit) {
    PartRead seen = visit.seen.orElseThrow();
    return !seen.redacted() && !steps.splitting.divideHere(data.joined(seen.fields())).isSplit();
  }

  private void join(Slot slot, Owned owned, LeftBehind part, Visit visit) {
    slot.record = slot.record.owing(new Drop(part.custodian(), owned.epoch()));
    slot.become(owned.withData(owned.data().joined(visit.seen.orElseThrow().fields())));
    context.turn().writeValue(slot);
    context.count(Step.JOINED);
    steps.obligations.say(slot);
    steps.requests.handle(slot, visit.ask);
  }

  private void run(Slot slot, Owned owned, LeftBehind part, Visit visit) {
    SessionData data = owned.data();
    ImmutableSortedMap<String, Field> seen = visit.seen.orElseThrow().fields();
    LeftBehind unseen = part.without(data.key(), seen);
    Ask ask = visit.ask;
    Executing.Result result =
        Executing.run(
            data.joined(seen).withLeftBehind(Optional.of(unseen)),
            ask.operations(),
            ask.writes(),
            context.namespace(data.key().namespace()).limits());
    if (result instanceof Executing.Result.Failed failed) {
      steps.answering.fail(slot, ask, failed.problem());
    } else if (result instanceof Executing.Result.Ran ran) {
      Owning.Run run = shown(visit, ran);
      if (ran.destroyed() || !ask.writes()) {
        steps.owning.finish(slot, owned, ask, run.on(data));
      } else {
        change(slot, owned, unseen, visit, run);
      }
    }
  }

  /** Filtered while all fields are at hand; what was seen is never kept in the window. */
  private Owning.Run shown(Visit visit, Executing.Result.Ran ran) {
    Ask ask = visit.ask;
    ImmutableList<OperationResult> shown =
        steps.residency.show(ran.data(), ask.operations(), ran.results(), ask.asker());
    boolean leftOut =
        (visit.extent == Extent.NAMED || visit.seen.orElseThrow().redacted())
            && ask.operations().stream().anyMatch(Splitting::readsAll);
    return new Owning.Run(
        new Executing.Result.Ran(ran.data(), shown, ran.rotated(), ran.destroyed()),
        leftOut || !shown.equals(ran.results()),
        true,
        false);
  }

  private void change(Slot slot, Owned owned, LeftBehind unseen, Visit visit, Owning.Run run) {
    SessionData after = run.ran().data();
    Splitting.Division division = steps.splitting.divideHere(after);
    Visit.Change change =
        Visit.Change.between(visit.seen.orElseThrow().fields(), division.behind());
    SessionData own = after.withFields(after.version(), division.follows());
    if (change.isEmpty()) {
      steps.owning.finish(
          slot, owned, visit.ask, run.on(own.withLeftBehind(owned.data().leftBehind())));
    } else if (visit.written.filter(each -> each.change().equals(change)).isPresent()) {
      Stamp stamp = visit.written.get().stamp();
      LeftBehind next = unseen.with(stamp, division.classes(), after.key(), division.behind());
      swing(slot, owned, visit, run.on(own.withLeftBehind(Optional.of(next))), stamp);
    } else {
      write(slot, owned, visit, change);
    }
  }

  private void write(Slot slot, Owned owned, Visit visit, Visit.Change change) {
    SessionData added = owned.data().withFields(owned.data().version(), change.fields());
    Optional<Problem> refusal = steps.residency.refusalToStoreFields(added, visit.custodian);
    if (refusal.isPresent()) {
      steps.answering.fail(slot, visit.ask, refusal.get());
      return;
    }
    Stamp stamp = context.freshStamp(owned.epoch());
    visit.sent = Optional.of(new Visit.Written(stamp, change));
    context.count(Step.PART_WRITTEN);
    ask(
        slot,
        visit,
        new WritePart(
            openQuestion(visit),
            visit.base,
            stamp,
            change.fields(),
            LeftBehind.marks(added.key(), change.removed())));
  }

  private void swing(Slot slot, Owned owned, Visit visit, Owning.Run run, Stamp stamp) {
    steps.owning.finish(slot, owned, visit.ask, run.swinging());
    boolean swung =
        slot.state()
            .payload()
            .flatMap(SessionData::leftBehind)
            .filter(part -> part.stamp().equals(stamp))
            .isPresent();
    if (swung) {
      context.count(Step.PART_SWUNG);
      ask(slot, visit, new PeerMessage.PartSwung(stamp));
    }
  }

  void onPartRead(Slot slot, PartRead message) {
    answered(slot, message.nonce(), visit -> visit.seen = Optional.of(message));
  }

  void onPartWritten(Slot slot, Nonce nonce) {
    answered(slot, nonce, visit -> visit.written = visit.sent);
  }

  private void answered(Slot slot, Nonce nonce, Consumer<Visit> note) {
    slot.visit
        .filter(visit -> visit.open.filter(nonce::equals).isPresent())
        .ifPresent(
            visit -> {
              visit.open = Optional.empty();
              note.accept(visit);
              steps.pulling.clearDeadline(slot, visit.ask);
              steps.requests.handle(slot, visit.ask);
              boolean goesOn =
                  slot.visit
                      .filter(each -> each.ask == visit.ask && each.open.isPresent())
                      .isPresent();
              if (goesOn) {
                setDeadline(slot, visit.ask);
              } else {
                end(slot);
              }
            });
  }

  void onPartRefused(Slot slot, PartRefused message) {
    slot.visit
        .filter(visit -> visit.open.filter(message.nonce()::equals).isPresent())
        .ifPresent(
            visit -> {
              boolean provesRollback =
                  message.problem().code() == ErrorCode.SESSION_ROLLED_BACK
                      && slot.state() instanceof Owned owned
                      && owned
                          .data()
                          .leftBehind()
                          .filter(part -> part.stamp().equals(visit.base))
                          .isPresent();
              if (provesRollback && slot.state() instanceof Owned owned) {
                steps.requests.suspect(slot, owned);
              }
              steps.pulling.clearDeadline(slot, visit.ask);
              steps.answering.fail(slot, visit.ask, message.problem());
              end(slot);
            });
  }

  /** Whether that request waits for a custodian. */
  boolean isVisitor(Slot slot, Ask ask) {
    return slot.visitors.contains(ask) || slot.visit.filter(each -> each.ask == ask).isPresent();
  }

  /** Its client waits no longer. What the custodian may hold of it counts for nothing. */
  void onDeadline(Slot slot, Ask ask) {
    PopId custodian = slot.visit.orElseThrow().custodian;
    steps.answering.fail(
        slot,
        ask,
        Problem.of(
                ErrorCode.DEADLINE_EXCEEDED,
                "no answer in time from `"
                    + custodian
                    + "`, which keeps a part of this session; the request was not applied")
            .about(custodian));
    if (!slot.visitors.remove(ask)) {
      end(slot);
    }
  }

  void onDisconnected(PopId pop) {
    for (Slot slot : ImmutableList.copyOf(context.visiting)) {
      if (slot.visit.filter(visit -> visit.custodian.equals(pop)).isPresent()) {
        ImmutableList<Ask> asks =
            ImmutableList.<Ask>builder().add(slot.visit.get().ask).addAll(slot.visitors).build();
        slot.visitors.clear();
        for (Ask ask : asks) {
          steps.pulling.clearDeadline(slot, ask);
          steps.answering.fail(slot, ask, unreachable(pop));
        }
        end(slot);
      }
    }
  }

  private static Problem unreachable(PopId pop) {
    return Problem.of(
            ErrorCode.OWNER_UNREACHABLE,
            "no answer from `"
                + pop
                + "`, which keeps a part of this session; the request was not applied")
        .about(pop);
  }

  /** The visit is over, and the next one begins. */
  private void end(Slot slot) {
    slot.visit = Optional.empty();
    context.visiting.remove(slot);
    while (slot.visit.isEmpty() && !slot.visitors.isEmpty()) {
      Ask next = slot.visitors.remove();
      steps.pulling.clearDeadline(slot, next);
      steps.requests.handle(slot, next);
    }
  }

  private void setDeadline(Slot slot, Ask ask) {
    if (!slot.deadlines.containsValue(ask)) {
      steps.pulling.setDeadline(slot, ask);
    }
  }
}
