package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import java.util.Optional;

/**
 * How an owner handles a request: every check first, then execution in memory, then the decision
 * whether the session goes along, then one durable write, then the answer.
 */
final class Owning {
  /**
   * A request that was run in memory.
   *
   * @param redacted something was left out of its results, for whoever asks
   * @param visited it has seen what may not rest here: the window keeps no results of it
   * @param swings it moves the pointer to what was left behind
   */
  record Run(Executing.Result.Ran ran, boolean redacted, boolean visited, boolean swings) {
    /** The same, leaving this of what rests here. */
    Run on(SessionData data) {
      return new Run(
          new Executing.Result.Ran(data, ran.results(), ran.rotated(), ran.destroyed()),
          redacted,
          visited,
          swings);
    }

    Run swinging() {
      return new Run(ran, redacted, visited, true);
    }
  }

  private final Context context;
  private final Splitting splitting;
  private final Visiting visiting;
  private final Answering answering;
  private final Granting granting;
  private final Ending ending;
  private final Residency residency;
  private final Relocating relocating;

  Owning(Steps steps) {
    this.context = steps.context;
    this.splitting = steps.splitting;
    this.visiting = steps.visiting;
    this.answering = steps.answering;
    this.granting = steps.granting;
    this.ending = steps.ending;
    this.residency = steps.residency;
    this.relocating = steps.relocating;
  }

  void handle(Slot slot, Owned owned, Ask ask) {
    if (owned.data().lifetime().isOver(context.now())) {
      Tombstone tombstone = ending.expire(slot, owned);
      ending.answer(slot, tombstone, ask);
      return;
    }
    Optional<Problem> refusal = refusal(slot, owned, ask);
    if (refusal.isPresent()) {
      answering.fail(slot, ask, refusal.get());
      return;
    }
    if (ask instanceof Ask.FromPeer peer && peer.acquire.purpose() == Purpose.TAKE) {
      granting.take(slot, owned, peer);
    } else if (ask instanceof Ask.FromPeer peer && peer.acquire.purpose() != Purpose.SERVE) {
      granting.settle(slot, owned, peer);
    } else if (answering.canReach(ask, owned.data())) {
      execute(slot, owned, ask);
    } else if (ask instanceof Ask.FromPeer peer) {
      answering.sayMoved(slot, peer, Routing.ownPlace(context, slot).orElseThrow());
    }
  }

  private Optional<Problem> refusal(Slot slot, Owned owned, Ask ask) {
    if (ask.hint().isEmpty()) {
      return Optional.empty();
    }
    Hint hint = ask.hint().get();
    if (hint.generation() < owned.data().generation()) {
      return Optional.of(
          Problem.of(
              ErrorCode.HINT_SUPERSEDED,
              "the session's credential was rotated; only the newest hint opens it"));
    }
    long missing = ask.versionsMissing(owned.data());
    if (missing > 0 && !goesOn(owned, ask)) {
      return Optional.of(
          Problem.of(
                  ErrorCode.VERSIONS_MISSING,
                  "a crash has undone " + missing + " of the versions that this client has seen")
              .withVersionsMissing(missing)
              .withHint(freshHint(slot, owned)));
    }
    // Of what it has seen, only this is part of the history that the window is of.
    long seenVersion = hint.version() - missing;
    if (ask.writes() && seenVersion < owned.data().window().lowWaterVersion()) {
      return Optional.of(
          Problem.of(
                  ErrorCode.OUTCOME_UNKNOWN,
                  "too many writes since this hint to tell whether this one was applied before;"
                      + " it was not applied now")
              .withVersionsMissing(missing)
              .withHint(freshHint(slot, owned)));
    }
    return residency.refusalToShow(owned.data(), ask.operations(), ask.asker());
  }

  /**
   * Whether a request is run although its client has seen what is gone. One that names a version
   * means a version of the history that its client knows; one that ends the session misses nothing.
   */
  private boolean goesOn(Owned owned, Ask ask) {
    boolean namesVersion =
        ask.operations().stream().anyMatch(Operation.RequireVersion.class::isInstance);
    boolean ends = ask.operations().stream().anyMatch(Operation.Destroy.class::isInstance);
    boolean maySkip =
        context.namespace(owned.data().key().namespace()).onMissing() == OnMissing.GO_ON;
    return !namesVersion && (ends || maySkip);
  }

  private Hint freshHint(Slot slot, Owned owned) {
    Routing.Place here = Routing.ownPlace(context, slot).orElseThrow();
    long expiry = HintIssuing.expiryAtMillis(owned.data().lifetime(), context.now());
    return HintIssuing.hint(owned.data(), here.pop(), here.epoch(), here.granter(), expiry);
  }

  private Problem storageFull() {
    return Problem.of(ErrorCode.STORAGE_FULL, "the disk of this POP is below its reserve")
        .about(context.self());
  }

  private void execute(Slot slot, Owned owned, Ask ask) {
    if (splitting.touches(owned.data(), ask.operations())) {
      visit(slot, owned, ask);
      return;
    }
    NamespaceSettings settings = context.namespace(owned.data().key().namespace());
    boolean writes = ask.writes();
    Executing.Result result =
        Executing.run(owned.data(), ask.operations(), writes, settings.limits());
    if (result instanceof Executing.Result.Failed failed) {
      answering.fail(slot, ask, failed.problem());
    } else if (result instanceof Executing.Result.Ran ran
        && writes
        && !ran.destroyed()
        && !residency.mayStore(ran.data(), context.self())) {
      relocating
          .wait(slot, owned, ask, ran.data())
          .ifPresent(problem -> answering.fail(slot, ask, problem));
    } else if (result instanceof Executing.Result.Ran ran) {
      noteUse(slot, owned);
      boolean leftOut =
          owned.data().leftBehind().isPresent()
              && ask.operations().stream().anyMatch(Splitting::readsAll);
      finish(slot, owned, ask, new Run(ran, leftOut, false, false));
    }
  }

  /** The request needs what was left behind; its custodian gets the session instead (rule R23). */
  private void visit(Slot slot, Owned owned, Ask ask) {
    boolean isFirst = slot.visit.filter(each -> each.ask == ask).isEmpty();
    if (isFirst) {
      noteUse(slot, owned);
    }
    NamespaceSettings settings = context.namespace(owned.data().key().namespace());
    boolean isOfCustodian =
        owned.data().leftBehind().filter(part -> part.custodian().equals(ask.asker())).isPresent();
    if (isOfCustodian
        && ask instanceof Ask.FromPeer peer
        && granting.isDue(slot, owned, peer, settings)) {
      granting.grant(slot, owned, peer, Optional.empty());
    } else {
      visiting.handle(slot, owned, ask);
    }
  }

  /** The request was run; nothing of it has happened yet. */
  void finish(Slot slot, Owned owned, Ask ask, Run run) {
    context.count(ask instanceof Ask.FromClient ? Step.SERVED_LOCALLY : Step.EXECUTED_FOR_PEER);
    if (run.ran().destroyed()) {
      ending.destroy(slot, owned, ask, run.ran());
    } else {
      carryOut(slot, owned, ask, run, context.namespace(owned.data().key().namespace()));
    }
  }

  private void carryOut(Slot slot, Owned owned, Ask ask, Run run, NamespaceSettings settings) {
    Executing.Result.Ran ran = run.ran();
    long now = context.now();
    boolean writes = ask.writes();
    SessionData data = ran.data();
    boolean touchPays = data.lifetime().gainsByTouchAt(now);
    if (writes || touchPays) {
      data = data.withLifetime(data.lifetime().touchedAt(now));
    }
    long hintExpiry = HintIssuing.expiryAtMillis(data.lifetime(), now);
    if (writes) {
      data = data.withoutBreaksEndedBy(now);
      WindowEntry entry =
          new WindowEntry(
              ask.servedId().orElseThrow(),
              ask.digest(),
              data.version(),
              data.generation(),
              hintExpiry,
              now,
              ran.results());
      entry = run.visited() ? entry.withheld() : entry;
      data = data.withWindow(WindowKeeping.remember(data.window(), entry, settings, now));
    }
    Owned after = owned.withData(data);
    if (ask instanceof Ask.FromPeer peer && granting.isDue(slot, after, peer, settings)) {
      long missing = ask.versionsMissing(owned.data());
      granting.grant(
          slot,
          after,
          peer,
          Optional.of(
              new Granting.Ran(
                  ask.operations(), ran.results(), hintExpiry, missing, run.redacted())));
      return;
    }
    if (writes && !context.writable) {
      // A grant away was still possible above: it frees space here.
      answering.fail(slot, ask, storageFull());
      return;
    }
    if (writes) {
      keep(slot, after, ran.rotated() || run.swings());
    } else if (touchPays) {
      slot.become(after);
      context.turn().writeLazily(slot);
    }
    answer(slot, after, ask, run, hintExpiry);
    if (ask instanceof Ask.FromPeer peer) {
      relocating.consider(slot, after, peer);
    }
  }

  /**
   * Writes what a request changed: synced, unless the namespace lets a crash undo it.
   *
   * <p>INVARIANT (rule R15): synced in every mode are a rotate, a write that swings the pointer to
   * what was left behind (rule R23), the first write after a grant was received, whose record
   * everything else rests on, and the first one that is marked as loose: so what a crash leaves
   * behind says by itself whether more was answered. So is every write while the disk stalls: what
   * is answered and not yet handed over has a bound.
   */
  private void keep(Slot slot, Owned after, boolean isBarrier) {
    long looseIn = context.looseIn(after.data().key().namespace());
    boolean isReceived = slot.persistSeq > context.doneSeq;
    boolean mayBeLost =
        looseIn > 0 && after.looseIn() > 0 && !isReceived && !isBarrier && !context.isBehind();
    if (mayBeLost) {
      slot.become(after);
      context.turn().writeLazily(slot);
    } else {
      slot.become(after.loosenedIn(looseIn));
      context.turn().writeValue(slot);
    }
    if (isBarrier) {
      slot.barrierSeq = context.turn().seq;
    }
  }

  private void answer(Slot slot, Owned after, Ask ask, Run run, long hintExpiry) {
    ImmutableList<OperationResult> results = run.ran().results();
    SessionData data = after.data();
    Routing.Place here = Routing.ownPlace(context, slot).orElseThrow();
    Hint fresh = HintIssuing.hint(data, here.pop(), here.epoch(), here.granter(), hintExpiry);
    Optional<Hint> news = HintIssuing.ifNews(ask.hint(), fresh, data.lifetime(), context.now());
    ImmutableList<OperationResult> shown =
        residency.show(data, ask.operations(), results, ask.asker());
    Outcome.Success success =
        new Outcome.Success(
            shown,
            news,
            data.version(),
            Optional.of(after.epoch()),
            Flags.NONE
                .missing(ask.versionsMissing(data))
                .redactedIf(run.redacted() || !shown.equals(results)));
    answering.succeed(slot, ask, success, here);
  }

  private void noteUse(Slot slot, Owned owned) {
    long now = context.now();
    long lastUsed = Math.max(slot.lastUsedAtMillis, owned.data().lifetime().lastUsedAtMillis());
    slot.quietBeforeMillis = Math.max(0, now - lastUsed);
    slot.lastUsedAtMillis = now;
  }
}
