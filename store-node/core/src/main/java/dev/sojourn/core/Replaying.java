package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Outcome.Flags;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import java.util.Optional;

/** Answers a retry from the window: the same result, applied once (rules R9 and R10). */
final class Replaying {
  private final Context context;
  private final Answering answering;
  private final Residency residency;

  Replaying(Context context, Answering answering, Residency residency) {
    this.context = context;
    this.answering = answering;
    this.residency = residency;
  }

  void replay(Slot slot, Ask ask, WindowEntry entry) {
    if (!entry.operationsDigest().equals(ask.digest())) {
      answering.fail(
          slot,
          ask,
          Problem.of(
              ErrorCode.INVALID_REQUEST,
              "this request id was used for other operations; make a new one for each request"));
      return;
    }
    SessionData data = slot.state().payload().orElseThrow();
    Routing.Place place = Routing.ownPlace(context, slot).orElseThrow();
    if (ask instanceof Ask.Remote peer && !answering.canReach(ask, data)) {
      answering.sayMoved(slot, peer, place);
      return;
    }
    context.count(Step.REPLAYED);
    // INVARIANT: a replay hands out the present credential only if its own request left the session
    // at the present generation; otherwise a rotate would not shut out who knows an older request.
    boolean isOfPresentGeneration = entry.generation() == data.generation();
    Optional<Hint> hint =
        isOfPresentGeneration
            ? Optional.of(
                HintIssuing.hint(
                    data, place.pop(), place.epoch(), place.granter(), entry.hintExpiresAtMillis()))
            : Optional.empty();
    ImmutableList<OperationResult> shown =
        residency.show(data, ask.operations(), entry.results(), ask.asker());
    // The hint below says nothing of what its holder has missed, so this answer must.
    Flags flags =
        (isOfPresentGeneration ? Flags.REPLAYED : Flags.SUPERSEDED)
            .missing(ask.versionsMissing(data))
            .redactedIf(!shown.equals(entry.results()));
    Outcome.Success success =
        new Outcome.Success(shown, hint, entry.version(), Optional.of(place.epoch()), flags);
    answering.succeed(slot, ask, success, place);
  }
}
