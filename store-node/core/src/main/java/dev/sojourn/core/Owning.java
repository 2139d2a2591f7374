package dev.sojourn.core;

import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.request.ErrorCode;
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
  private final Context context;
  private final Answering answering;
  private final Granting granting;
  private final Ending ending;

  Owning(Context context, Answering answering, Granting granting, Ending ending) {
    this.context = context;
    this.answering = answering;
    this.granting = granting;
    this.ending = ending;
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
    if (ask instanceof Ask.FromPeer peer && peer.acquire.purpose() != Purpose.SERVE) {
      granting.settle(slot, owned, peer);
    } else if (answering.canReach(ask)) {
      execute(slot, owned, ask);
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
    if (ask.writes() && hint.version() < owned.data().window().lowWaterVersion()) {
      Routing.Place here = Routing.ownPlace(context, slot).orElseThrow();
      long expiry = HintIssuing.expiryAtMillis(owned.data().lifetime(), context.now());
      Hint fresh = HintIssuing.hint(owned.data(), here.pop(), here.epoch(), here.granter(), expiry);
      return Optional.of(
          Problem.of(
                  ErrorCode.OUTCOME_UNKNOWN,
                  "too many writes since this hint to tell whether this one was applied before;"
                      + " it was not applied now")
              .withHint(fresh));
    }
    return Optional.empty();
  }

  private Problem storageFull() {
    return Problem.of(ErrorCode.STORAGE_FULL, "the disk of this POP is below its reserve")
        .about(context.self());
  }

  private void execute(Slot slot, Owned owned, Ask ask) {
    NamespaceSettings settings = context.namespace(owned.data().key().namespace());
    boolean writes = ask.writes();
    Executing.Result result =
        Executing.run(owned.data(), ask.operations(), writes, settings.limits());
    if (result instanceof Executing.Result.Failed failed) {
      answering.fail(slot, ask, failed.problem());
    } else if (result instanceof Executing.Result.Ran ran) {
      context.count(ask instanceof Ask.FromClient ? Step.SERVED_LOCALLY : Step.EXECUTED_FOR_PEER);
      noteUse(slot, owned);
      if (ran.destroyed()) {
        ending.destroy(slot, owned, ask, ran);
      } else {
        carryOut(slot, owned, ask, ran, settings);
      }
    }
  }

  private void carryOut(
      Slot slot, Owned owned, Ask ask, Executing.Result.Ran ran, NamespaceSettings settings) {
    long now = context.now();
    boolean writes = ask.writes();
    SessionData data = ran.data();
    boolean touchPays = data.lifetime().gainsByTouchAt(now);
    if (writes || touchPays) {
      data = data.withLifetime(data.lifetime().touchedAt(now));
    }
    long hintExpiry = HintIssuing.expiryAtMillis(data.lifetime(), now);
    if (writes) {
      WindowEntry entry =
          new WindowEntry(
              ask.servedId().orElseThrow(),
              ask.digest(),
              data.version(),
              data.generation(),
              hintExpiry,
              now,
              ran.results());
      data = data.withWindow(WindowKeeping.remember(data.window(), entry, settings, now));
    }
    Owned after = owned.withData(data);
    if (ask instanceof Ask.FromPeer peer && granting.isDue(slot, after, peer, settings)) {
      granting.grant(slot, after, peer, Optional.of(new Granting.Ran(ran.results(), hintExpiry)));
      return;
    }
    if (writes && !context.writable) {
      // A grant away was still possible above: it frees space here.
      answering.fail(slot, ask, storageFull());
      return;
    }
    if (writes) {
      slot.become(after);
      context.turn().writeValue(slot);
      if (ran.rotated()) {
        slot.barrierSeq = context.turn().seq;
      }
    } else if (touchPays) {
      slot.become(after);
      context.turn().writeLazily(slot);
    }
    answer(slot, after, ask, ran, hintExpiry);
  }

  private void answer(Slot slot, Owned after, Ask ask, Executing.Result.Ran ran, long hintExpiry) {
    SessionData data = after.data();
    Routing.Place here = Routing.ownPlace(context, slot).orElseThrow();
    Hint fresh = HintIssuing.hint(data, here.pop(), here.epoch(), here.granter(), hintExpiry);
    Optional<Hint> news = HintIssuing.ifNews(ask.hint(), fresh, data.lifetime(), context.now());
    Outcome.Success success =
        new Outcome.Success(
            ran.results(), news, data.version(), Optional.of(after.epoch()), Flags.NONE);
    answering.succeed(slot, ask, success, here);
  }

  private void noteUse(Slot slot, Owned owned) {
    long now = context.now();
    long lastUsed = Math.max(slot.lastUsedAtMillis, owned.data().lifetime().lastUsedAtMillis());
    slot.quietBeforeMillis = Math.max(0, now - lastUsed);
    slot.lastUsedAtMillis = now;
  }
}
