package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
import dev.sojourn.value.Country;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionKey;
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
      if (ask.writes() || namesWhatIsBehind(owned.data(), part, ask)) {
        steps.answering.fail(slot, ask, steps.keeping.missing(slot));
      } else {
        run(slot, owned, part, Visit.toNothing(ask, part, context.freshNonce()));
      }
    } else if (slot.visit.filter(visit -> visit.ask != ask && visit.isTo(part)).isPresent()) {
      slot.visitors.add(ask);
      setDeadline(slot, ask);
    } else if (slot.visit.filter(visit -> visit.isTo(part)).isEmpty()) {
      // One to a part of the past holds nobody up; who waited for that begins again.
      slot.visit.map(visit -> visit.ask).filter(each -> each != ask).ifPresent(slot.visitors::add);
      read(slot, owned.data(), part, ask);
    } else {
      goOn(slot, owned, part, slot.visit.get());
    }
  }

  private void goOn(Slot slot, Owned owned, LeftBehind part, Visit visit) {
    boolean isWhole = visit.extent == Extent.WHOLE;
    if (isWhole && mayJoin(owned.data(), visit)) {
      join(slot, owned, part, visit);
    } else if (visit.ask instanceof Ask.ToJoin) {
      return;
    } else if (isWhole && visit.seen.orElseThrow().redacted()) {
      // What may not be kept here may perhaps be seen.
      read(slot, owned.data(), part, visit.ask, Extent.NEEDED);
    } else if (lacksWhatIsNamed(owned.data(), part, visit)) {
      // The custodian's policy is the stricter one just now: it says which rule forbids what.
      read(slot, owned.data(), part, visit.ask, Extent.NAMED);
    } else {
      run(slot, owned, part, visit);
    }
  }

  /**
   * The part may not stay with its custodian, and perhaps may rest here: the session is made whole,
   * and no request has to come first (rule R21).
   */
  void fetch(Slot slot, Ask.ToJoin ask) {
    boolean isFree = slot.visit.map(visit -> visit.ask == ask).orElse(true);
    if (isFree
        && context.writable
        && slot.state() instanceof Owned owned
        && owned.data().leftBehind().isPresent()
        && !owned.data().lifetime().isOver(context.now())) {
      handle(slot, owned, ask);
    }
  }

  private void read(Slot slot, SessionData data, LeftBehind part, Ask ask) {
    boolean mayGrow = context.writable && !part.marks().isEmpty();
    boolean joins = mayGrow && (ask instanceof Ask.ToJoin || steps.splitting.mayJoin(data, part));
    read(slot, data, part, ask, joins ? Extent.WHOLE : Extent.NEEDED);
  }

  private void read(Slot slot, SessionData data, LeftBehind part, Ask ask, Extent extent) {
    Visit visit = new Visit(ask, part.custodian(), part.stamp(), extent);
    slot.visit = Optional.of(visit);
    context.visiting.add(slot);
    setDeadline(slot, ask);
    context.count(Step.PART_READ);
    boolean all =
        extent == Extent.WHOLE
            || (extent == Extent.NEEDED && ask.operations().stream().anyMatch(Splitting::readsAll));
    ImmutableSortedSet<Long> marks = all ? ImmutableSortedSet.of() : marksOfNamed(data, ask);
    boolean toKeep = extent == Extent.WHOLE;
    ask(slot, visit, new ReadPart(openQuestion(visit), visit.base, marks, toKeep));
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
    return !seen.redacted()
        && !steps.splitting.divideHere(data.joined(seen.fields()), ImmutableSet.of()).isSplit();
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
    SessionData both = data.joined(seen).withLeftBehind(Optional.of(unseen));
    // Only now it is known what the application calls the fields that were left behind.
    Optional<Problem> refusal = steps.residency.refusalToShow(both, ask.operations(), ask.asker());
    if (refusal.isPresent()) {
      steps.answering.fail(slot, ask, refusal.get());
      return;
    }
    Executing.Result result =
        Executing.run(
            both,
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
    ImmutableSortedMap<String, Field> seen = visit.seen.orElseThrow().fields();
    Splitting.Division division = steps.splitting.divideHere(after, seen.keySet());
    Visit.Change change = Visit.Change.between(seen, division.behind());
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

  /** Both ends decide: what the custodian shows, this POP may still not see. */
  void onPartRead(Slot slot, PartRead message) {
    Optional<SessionData> data = slot.state().payload();
    if (data.isEmpty()) {
      answered(slot, message.nonce(), visit -> visit.seen = Optional.of(message));
      return;
    }
    PopId self = context.self();
    SessionKey key = data.get().key();
    Country residency = data.get().residency();
    ImmutableSortedMap<String, Field> seen =
        steps.residency.visible(key, residency, message.fields(), self);
    boolean isLess = seen.size() < message.fields().size();
    Optional<Problem> refusal =
        slot.visit.filter(visit -> isLess && visit.extent == Extent.NAMED).isPresent()
            ? steps.residency.refusalToSee(key, residency, message.fields(), self)
            : Optional.empty();
    if (refusal.isPresent()) {
      onPartRefused(slot, new PartRefused(message.nonce(), refusal.get()));
    } else {
      PartRead shown = new PartRead(message.nonce(), seen, message.redacted() || isLess);
      answered(slot, message.nonce(), visit -> visit.seen = Optional.of(shown));
    }
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

  /**
   * Whether a refusal counts is decided by what the session is now: its part may have come home, or
   * have ended with it, before the question reached the custodian.
   */
  void onPartRefused(Slot slot, PartRefused message) {
    Optional<LeftBehind> part =
        slot.state() instanceof Owned owned ? owned.data().leftBehind() : Optional.empty();
    boolean isOfNow =
        slot.visit
            .flatMap(visit -> part.map(visit::isTo))
            .filter(Boolean::booleanValue)
            .isPresent();
    if (isOfNow && slot.state() instanceof Owned owned && !isReadWithoutIt(slot, owned, message)) {
      refused(slot, owned, message);
    } else {
      answered(slot, message.nonce(), visit -> visit.noteGone(message.nonce()));
    }
  }

  /** A part that is gone keeps nobody from the rest of the session who does not name it. */
  private static boolean isReadWithoutIt(Slot slot, Owned owned, PartRefused message) {
    boolean isGone =
        message.problem().code() == ErrorCode.SESSION_ERASED
            || message.problem().code() == ErrorCode.SESSION_LOST;
    LeftBehind part = owned.data().leftBehind().orElseThrow();
    return isGone
        && slot.visit
            .filter(visit -> visit.seen.isEmpty())
            .filter(visit -> !namesWhatIsBehind(owned.data(), part, visit.ask))
            .isPresent();
  }

  private static boolean namesWhatIsBehind(SessionData data, LeftBehind part, Ask ask) {
    return Splitting.names(ask.operations()).stream()
        .anyMatch(name -> Splitting.isBehind(data, part, name));
  }

  private void refused(Slot slot, Owned owned, PartRefused message) {
    slot.visit
        .filter(visit -> visit.open.filter(message.nonce()::equals).isPresent())
        .ifPresent(
            visit -> {
              if (message.problem().code() == ErrorCode.SESSION_ROLLED_BACK) {
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
