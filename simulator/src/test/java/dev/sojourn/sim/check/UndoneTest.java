package dev.sojourn.sim.check;

import static dev.sojourn.sim.check.History.BOS;
import static dev.sojourn.sim.check.History.append;
import static dev.sojourn.sim.check.History.data;
import static dev.sojourn.sim.check.History.flagged;
import static dev.sojourn.sim.check.History.get;
import static dev.sojourn.sim.check.History.hint;
import static dev.sojourn.sim.check.History.owned;
import static dev.sojourn.sim.check.History.put;
import static dev.sojourn.sim.check.History.request;
import static dev.sojourn.sim.check.History.success;
import static dev.sojourn.sim.check.History.with;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.SessionRequest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a crash may undo in an async namespace: exactly that is excused, and it must be told. */
class UndoneTest {
  private static final SessionRequest READ = request(9, hint(1, 5, 1), get("cart"));
  private static final Outcome.Flags TWO_MISSING = Outcome.Flags.NONE.missing(2);

  private static void rejects(Invariant invariant, Consumer<History> story) {
    assertThatThrownBy(() -> story.accept(new History(invariant)))
        .isInstanceOf(InvariantViolated.class)
        .hasMessageStartingWith(invariant.getClass().getSimpleName());
  }

  private static void bears(Invariant invariant, Consumer<History> story) {
    assertThatCode(() -> story.accept(new History(invariant))).doesNotThrowAnyException();
  }

  private static Outcome refused(long missing) {
    return new Outcome.Failure(
        Problem.of(ErrorCode.VERSIONS_MISSING, "made up").withVersionsMissing(missing));
  }

  @Test
  void shouldRejectThatNobodyTellsWhatIsMissing() {
    rejects(new MissingIsTold(), h -> h.undone(BOS, 1, 3, 5).answered(BOS, READ, success(2, 3)));
    bears(
        new MissingIsTold(),
        h ->
            h.undone(BOS, 1, 3, 5)
                .answered(BOS, READ, flagged(success(2, 3), TWO_MISSING))
                .answered(BOS, READ, refused(2)));
  }

  @Test
  void shouldRejectAWrongNumber() {
    rejects(
        new MissingIsTold(),
        h -> h.undone(BOS, 1, 2, 5).answered(BOS, READ, flagged(success(2, 2), TWO_MISSING)));
    rejects(new MissingIsTold(), h -> h.undone(BOS, 1, 2, 5).answered(BOS, READ, refused(2)));
  }

  @Test
  void shouldRejectThatSomebodyIsToldWhoHasSeenNothingOfIt() {
    rejects(
        new MissingIsTold(),
        h -> h.undone(BOS, 1, 5, 7).answered(BOS, READ, flagged(success(2, 5), TWO_MISSING)));
    rejects(new MissingIsTold(), h -> h.answered(BOS, READ, refused(2)));
  }

  @Test
  void shouldBearAnAnswerThatLeftBeforeTheCrash() {
    bears(new MissingIsTold(), h -> h.undone(BOS, 1, 3, 5).answered(BOS, READ, success(1, 5)));
  }

  @Test
  void shouldRejectALostWriteThatWasSynced() {
    SessionRequest write = request(1, put("cart", "shoes"));
    Outcome told = success(1, 2, new OperationResult.Applied());
    rejects(
        new NoAcknowledgedWriteLost(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, told)
                .undone(BOS, 1, 2, 4)
                .stored(BOS, owned(2, data(2, "cart", "hat"))));
    bears(
        new NoAcknowledgedWriteLost(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, told)
                .undone(BOS, 1, 1, 4)
                .stored(BOS, owned(2, data(2, "cart", "hat"))));
  }

  @Test
  void shouldRejectAReadThatGoesBackBehindWhatSurvived() {
    rejects(
        new ReadsNeverGoBack(),
        h ->
            h.answered(BOS, request(1, get("cart")), success(1, 4))
                .undone(BOS, 1, 4, 6)
                .answered(BOS, request(2, get("cart")), success(2, 3)));
    rejects(new ReadsNeverGoBack(), h -> h.undone(BOS, 1, 3, 5).answered(BOS, READ, success(2, 3)));
    bears(
        new ReadsNeverGoBack(),
        h ->
            h.answered(BOS, request(1, get("cart")), success(1, 5))
                .undone(BOS, 1, 3, 5)
                .answered(BOS, request(2, get("cart")), success(2, 3))
                .answered(BOS, READ, flagged(success(2, 3), TWO_MISSING)));
  }

  @Test
  void shouldRejectAnOlderHintUnlessWhatTheOldOneSawIsGone() {
    Outcome older = with(success(2, 3), hint(2, 3, 1));
    rejects(new EpochVersionOnlyGrows(), h -> h.undone(BOS, 1, 5, 7).answered(BOS, READ, older));
    bears(new EpochVersionOnlyGrows(), h -> h.undone(BOS, 1, 3, 5).answered(BOS, READ, older));
  }

  @Test
  void shouldRejectASecondApplicationUnlessTheFirstIsGone() {
    SessionRequest write = request(1, hint(1, 3, 1), append("log", "a1;"));
    Outcome first = success(1, 4, new OperationResult.Length(3));
    Outcome again = success(2, 4, new OperationResult.Length(3));
    rejects(
        new AppliedOnce(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, first)
                .undone(BOS, 1, 4, 6)
                .answered(BOS, write, again));
    bears(
        new AppliedOnce(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, first)
                .undone(BOS, 1, 3, 6)
                .answered(BOS, write, again));
  }

  @Test
  void shouldRejectADurableVersionThatIsNowhereLeftInAnyMode() {
    rejects(
        new PayloadExistsDurably(Durability.ASYNC),
        h -> h.stored(BOS, owned(1, data(5))).stored(BOS, owned(2, data(4))));
    bears(
        new PayloadExistsDurably(Durability.ASYNC),
        h -> h.stored(BOS, owned(1, data(4))).answered(BOS, READ, success(1, 5)));
  }
}
