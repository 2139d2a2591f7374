package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Absent;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import java.util.Optional;

/**
 * Handles a request without a hint. Its session's id follows from its request id, so that a retry
 * finds the session that the first one made (rule R9c); without something to keep nothing is made
 * (R9d).
 */
final class Creating {
  private static final int LABEL_LENGTH_MAX = 64;

  private final Context context;
  private final Answering answering;
  private final Replaying replaying;
  private final Residency residency;

  Creating(Context context, Answering answering, Replaying replaying, Residency residency) {
    this.context = context;
    this.answering = answering;
    this.replaying = replaying;
    this.residency = residency;
  }

  void handle(Slot slot, Ask.Creating ask) {
    boolean isNew = slot.state() instanceof Absent && slot.record.directory().isEmpty();
    if (!isNew) {
      meetExisting(slot, ask);
      return;
    }
    if (!ask.request().creation().store().equals(context.settings.life().store())) {
      answering.fail(slot, ask, meantForAnotherStore());
      return;
    }
    NamespaceSettings settings = context.namespace(ask.request().key().namespace());
    boolean creates = ask.operations().stream().anyMatch(Operation::creates);
    Optional<Problem> refusal = creates ? refusal(ask, settings) : Optional.empty();
    if (refusal.isPresent()) {
      answering.fail(slot, ask, refusal.get());
      return;
    }
    SessionData nothing = nothing(ask.request(), settings);
    Executing.Result result =
        Executing.run(nothing, ask.operations(), ask.writes(), settings.limits());
    if (result instanceof Executing.Result.Failed failed) {
      answering.fail(slot, ask, failed.problem());
    } else if (result instanceof Executing.Result.Ran ran) {
      Optional<Problem> unlawful = residency.refusalToStore(ran.data(), context.self());
      if (creates && !ran.destroyed() && unlawful.isPresent()) {
        answering.fail(slot, ask, unlawful.get());
      } else if (creates && !ran.destroyed()) {
        create(slot, ask, ran, settings);
      } else {
        answering.succeedWithoutSession(
            slot,
            ask,
            new Outcome.Success(ran.results(), Optional.empty(), 0, Optional.empty(), Flags.NONE));
      }
    }
  }

  /** Another POP has not heard yet that this one's disk was replaced. */
  private Problem meantForAnotherStore() {
    return Problem.of(ErrorCode.BUSY, "the request was meant for a store that is no longer here")
        .about(context.self());
  }

  /** Only the very request that created it is answered, from the window; nobody else is asked. */
  private void meetExisting(Slot slot, Ask.Creating ask) {
    boolean hasWindow = slot.state() instanceof Owned || slot.state() instanceof Granted;
    Optional<SessionData> data = hasWindow ? slot.state().payload() : Optional.empty();
    Optional<WindowEntry> creating =
        data.filter(each -> each.generation() == 1)
            .flatMap(each -> each.window().find(ask.request().id()))
            .filter(entry -> entry.operationsDigest().equals(ask.digest()));
    if (creating.isPresent()) {
      replaying.replay(slot, ask, creating.get());
    } else {
      answering.fail(
          slot,
          ask,
          Problem.of(
              ErrorCode.ALREADY_CREATED,
              "a session was created by this request before; its hint went out with the answer"));
    }
  }

  private Optional<Problem> refusal(Ask.Creating ask, NamespaceSettings settings) {
    Creation creation = ask.request().creation();
    if (ask instanceof Ask.Remote && !context.mayTake()) {
      return Optional.of(
          Problem.of(ErrorCode.BUSY, "this POP takes no session in just now")
              .about(context.self()));
    }
    if (!context.writable) {
      return Optional.of(
          Problem.of(ErrorCode.STORAGE_FULL, "the disk of this POP is below its reserve")
              .about(context.self()));
    }
    if (creation.idleMillis() < 0 || creation.idleMillis() > settings.idleMillisMax()) {
      return Optional.of(tooLong("idle", settings.idleMillisMax()));
    }
    if (creation.absoluteMillis() < 0 || creation.absoluteMillis() > settings.absoluteMillisMax()) {
      return Optional.of(tooLong("absolute", settings.absoluteMillisMax()));
    }
    if (creation.label().length() > LABEL_LENGTH_MAX) {
      return Optional.of(
          Problem.of(
              ErrorCode.LIMIT_EXCEEDED, "a label has at most " + LABEL_LENGTH_MAX + " characters"));
    }
    return Optional.empty();
  }

  private static Problem tooLong(String which, long millisMax) {
    return Problem.of(
        ErrorCode.LIMIT_EXCEEDED,
        "the " + which + " lifetime is 0 to " + millisMax + " ms in this namespace");
  }

  private SessionData nothing(SessionRequest request, NamespaceSettings settings) {
    Creation creation = request.creation();
    long absolute =
        creation.absoluteMillis() > 0
            ? creation.absoluteMillis()
            : settings.absoluteMillisDefault();
    long idle = creation.idleMillis() > 0 ? creation.idleMillis() : settings.idleMillisDefault();
    return new SessionData(
        request.key(),
        0,
        1,
        ImmutableSortedMap.of(),
        RequestWindow.EMPTY,
        Lifetime.startingAt(context.now(), Math.min(idle, absolute), absolute),
        creation.residency(),
        creation.label(),
        RecordFormat.FIRST,
        Bytes.EMPTY);
  }

  private void create(
      Slot slot, Ask.Creating ask, Executing.Result.Ran ran, NamespaceSettings settings) {
    long now = context.now();
    Epoch first = new Epoch(1, context.self());
    // A rotate within the creation has nothing to shut out: nobody holds a hint yet.
    SessionData data = ran.data().withGeneration(1);
    long hintExpiry = HintIssuing.expiryAtMillis(data.lifetime(), now);
    WindowEntry entry =
        new WindowEntry(
            ask.request().id(), ask.digest(), data.version(), 1, hintExpiry, now, ran.results());
    data = data.withWindow(WindowKeeping.remember(data.window(), entry, settings, now));
    slot.record =
        slot.record
            .withHome(context.self())
            .withDirectory(
                Optional.of(
                    new DirectoryEntry(
                        first,
                        context.self(),
                        Optional.empty(),
                        false,
                        data.lifetime().absoluteEndsAtMillis()
                            + context.settings.clockErrorMillis())));
    // Synced in every mode: without a record there would be nothing to make a break from (R16).
    slot.become(new Owned(first, data, context.looseIn(data.key().namespace())));
    slot.lastUsedAtMillis = now;
    context.turn().writeValue(slot);
    context.count(Step.CREATED);
    ImmutableList<OperationResult> shown =
        residency.show(data, ask.operations(), ran.results(), ask.asker());
    Hint hint = HintIssuing.hint(data, context.self(), first, Optional.empty(), hintExpiry);
    answering.succeed(
        slot,
        ask,
        new Outcome.Success(
            shown,
            Optional.of(hint),
            data.version(),
            Optional.of(first),
            Flags.CREATED.redactedIf(!shown.equals(ran.results()))),
        new Routing.Place(context.self(), first, Optional.empty()));
  }
}
