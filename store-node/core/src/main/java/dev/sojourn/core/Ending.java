package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Absent;
import dev.sojourn.core.state.SessionState.Ending.Destroyed;
import dev.sojourn.core.state.SessionState.Ending.Expired;
import dev.sojourn.core.state.SessionState.Ending.Swept;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Known;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Collections;
import java.util.Optional;

/** Ends sessions, keeps them ended, and forgets them when nobody can ask for them any more. */
final class Ending {
  private final Context context;
  private final Answering answering;
  private final Obligations obligations;

  Ending(Context context, Answering answering, Obligations obligations) {
    this.context = context;
    this.answering = answering;
    this.obligations = obligations;
  }

  static Problem ended() {
    return Problem.of(ErrorCode.SESSION_ENDED, "the session was ended or has run out");
  }

  /** By a request: everything else that this request did goes with the session. */
  void destroy(Slot slot, Owned owned, Ask ask, Executing.Result.Ran ran) {
    Destroyed how = new Destroyed(ask.servedId().orElseThrow(), ask.digest(), ran.data().version());
    end(slot, owned, how);
    context.count(Step.DESTROYED);
    answering.succeed(
        slot,
        ask,
        new Outcome.Success(
            ran.results(),
            Optional.empty(),
            ran.data().version(),
            Optional.of(owned.epoch()),
            Flags.ENDED.missing(ask.versionsMissing(owned.data()))),
        new Routing.Place(context.self(), owned.epoch(), Optional.empty()));
  }

  /** Its lifetime ran out, and this POP is the owner: nobody else may end a session (rule R13). */
  Tombstone expire(Slot slot, Owned owned) {
    context.count(Step.EXPIRED);
    return end(slot, owned, new Expired());
  }

  /** It may not rest here, and nobody has come to get it in time (rule R21). */
  void sweep(Slot slot, Owned owned) {
    end(slot, owned, new Swept());
  }

  private Problem swept() {
    return Problem.of(
            ErrorCode.SESSION_ERASED,
            "the session was erased: a new residency policy no longer lets it rest at `"
                + context.self()
                + "`, and no POP where it may took it in time; begin a new one")
        .about(context.self());
  }

  /** Only the retry of the very request that ended it is told of its success. */
  void answer(Slot slot, Tombstone tombstone, Ask ask) {
    if (tombstone.ending() instanceof Destroyed destroyed
        && ask.servedId().filter(destroyed.request()::equals).isPresent()
        && ask.digest().equals(destroyed.operationsDigest())) {
      ImmutableList<OperationResult> results =
          ImmutableList.copyOf(
              Collections.nCopies(ask.operations().size(), new OperationResult.Withheld()));
      Outcome.Success success =
          new Outcome.Success(
              results,
              Optional.empty(),
              destroyed.version(),
              Optional.of(tombstone.epoch()),
              Flags.ENDED_BEFORE);
      answering.succeed(
          slot,
          ask,
          success,
          new Routing.Place(context.self(), tombstone.epoch(), Optional.empty()));
    } else {
      boolean isSwept = tombstone.ending() instanceof Swept;
      answering.fail(slot, ask, isSwept ? swept() : ended());
    }
  }

  /** The due time of the record has come: expires, lapses, collects, or says again what is owed. */
  void onDue(Slot slot) {
    long now = context.now();
    if (slot.state() instanceof Owned owned && owned.data().lifetime().isOver(now)) {
      expire(slot, owned);
    } else if (slot.state() instanceof Granted granted && granted.data().lifetime().isOver(now)) {
      // INVARIANT: a kept payload that runs out never ends the session: its grantee owns it.
      slot.become(granted.lapse(obligations.hintsEndAtMillis(granted.data().lifetime())));
      context.turn().write(slot);
      context.count(Step.LAPSED);
    } else {
      collect(slot);
      if (obligations.isPending(slot)) {
        obligations.say(slot);
        slot.reminders++;
      }
    }
    if (!context.turn().wrote(slot) && slot.record.revision() > 0) {
      context.turn().writeLazily(slot);
    }
  }

  private Tombstone end(Slot slot, Owned owned, SessionState.Ending how) {
    owned
        .data()
        .leftBehind()
        .map(LeftBehind::custodian)
        .filter(custodian -> !context.isSelf(custodian))
        .ifPresent(
            custodian -> slot.record = slot.record.owing(new Drop(custodian, owned.epoch())));
    long until = obligations.hintsEndAtMillis(owned.data().lifetime());
    Tombstone tombstone = owned.end(how, until);
    bury(slot, tombstone);
    return tombstone;
  }

  /** Makes the end durable and tells the birth POP of it, which may be this one. */
  void bury(Slot slot, Tombstone tombstone) {
    slot.record.custody().ifPresent(custody -> context.turn().noteDropped(slot, custody));
    slot.record = slot.record.withoutAnnounced().withCustody(Optional.empty());
    if (slot.record.home().filter(context::isSelf).isPresent()) {
      listInDirectory(slot, tombstone.epoch(), context.self(), true, tombstone.expiresAtMillis());
    }
    slot.become(tombstone);
    slot.barrierSeq = context.turn().seq;
    slot.releaseRelocating(context.barred);
    context.turn().writeValue(slot);
    obligations.say(slot);
  }

  /**
   * Forgets a forward or tombstone when no hint can name this POP, nothing is owed and the birth
   * POP knows as much; then a directory entry whose time is over.
   */
  private void collect(Slot slot) {
    boolean hintsExpired =
        (slot.state() instanceof Forward forward && forward.expiresAtMillis() <= context.now())
            || (slot.state() instanceof Tombstone tombstone
                && tombstone.expiresAtMillis() <= context.now());
    if (hintsExpired
        && slot.state() instanceof Known known
        && slot.record.owes().isEmpty()
        && slot.record.drops().isEmpty()
        && obligations.homeKnows(slot.record, known.epoch())) {
      if (known instanceof Forward forward
          && slot.record.home().filter(context::isSelf).isPresent()) {
        listInDirectory(slot, forward.epoch(), forward.to(), false, forward.expiresAtMillis());
      }
      slot.become(SessionState.ABSENT);
      context.turn().writeLazily(slot);
      context.count(Step.COLLECTED);
    }
    boolean entryOver =
        slot.record
            .directory()
            .filter(entry -> entry.expiresAtMillis() <= context.now())
            .isPresent();
    if (entryOver && slot.state() instanceof Absent) {
      slot.record = slot.record.withDirectory(Optional.empty());
      context.turn().writeLazily(slot);
    }
  }

  private void listInDirectory(
      Slot slot, Epoch epoch, PopId pop, boolean ended, long expiresAtMillis) {
    DirectoryEntry entry = new DirectoryEntry(epoch, pop, Optional.empty(), ended, expiresAtMillis);
    slot.record =
        slot.record.withDirectory(
            Optional.of(slot.record.directory().map(old -> old.merge(entry)).orElse(entry)));
  }
}
