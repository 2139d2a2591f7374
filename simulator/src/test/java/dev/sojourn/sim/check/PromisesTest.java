package dev.sojourn.sim.check;

import static dev.sojourn.sim.check.History.BOS;
import static dev.sojourn.sim.check.History.NYC;
import static dev.sojourn.sim.check.History.TYO;
import static dev.sojourn.sim.check.History.append;
import static dev.sojourn.sim.check.History.data;
import static dev.sojourn.sim.check.History.failure;
import static dev.sojourn.sim.check.History.get;
import static dev.sojourn.sim.check.History.granted;
import static dev.sojourn.sim.check.History.hint;
import static dev.sojourn.sim.check.History.owned;
import static dev.sojourn.sim.check.History.put;
import static dev.sojourn.sim.check.History.remembering;
import static dev.sojourn.sim.check.History.request;
import static dev.sojourn.sim.check.History.success;
import static dev.sojourn.sim.check.History.tombstone;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Bytes;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is promised beside the invariants: each checker rejects one history, and bears another. */
class PromisesTest {
  private static final SessionRequest READ = request(1, hint(1, 1, 1), get("cart"));
  private static final SessionRequest WRITE = request(2, hint(1, 1, 1), put("cart", "hat"));

  private static void rejects(Invariant invariant, Consumer<History> story) {
    assertThatThrownBy(() -> story.accept(new History(invariant)))
        .isInstanceOf(InvariantViolated.class)
        .hasMessageStartingWith(invariant.getClass().getSimpleName());
  }

  private static void bears(Invariant invariant, Consumer<History> story) {
    assertThatCode(() -> story.accept(new History(invariant))).doesNotThrowAnyException();
  }

  @Test
  void shouldRejectTheResultsOfAnotherRequest() {
    SessionRequest both = request(3, hint(1, 1, 1), append("log", "a;"), get("log"));
    OperationResult length = new OperationResult.Length(2);

    rejects(new AnswersFit(), h -> h.answered(BOS, READ, success(1, 1, length)));
    rejects(new AnswersFit(), h -> h.answered(BOS, both, success(1, 2, length)));
    bears(
        new AnswersFit(),
        h ->
            h.answered(BOS, both, success(1, 2, length, new OperationResult.Withheld()))
                .answered(
                    BOS,
                    READ,
                    success(1, 1, new OperationResult.FieldsRead(ImmutableSortedMap.of()))));
  }

  @Test
  void shouldRejectARefusalOfWhatWasApplied() {
    rejects(
        new RetryIsAnswered(Durability.STRICT),
        h ->
            h.stored(BOS, owned(1, remembering(data(2), 2, 2)))
                .asked(BOS, WRITE)
                .answered(BOS, WRITE, failure(ErrorCode.HINT_SUPERSEDED)));
  }

  @Test
  void shouldBearARefusalOfWhatIsNoLongerRemembered() {
    bears(
        new RetryIsAnswered(Durability.STRICT),
        h ->
            h.stored(BOS, owned(1, remembering(data(2), 2, 2)))
                .stored(BOS, owned(1, remembering(data(3), 3, 3)))
                .asked(BOS, WRITE)
                .answered(BOS, WRITE, failure(ErrorCode.OUTCOME_UNKNOWN)));
  }

  @Test
  void shouldBearARefusalThatWasUnderWayWhenItWasApplied() {
    bears(
        new RetryIsAnswered(Durability.STRICT),
        h ->
            h.asked(BOS, WRITE)
                .stored(NYC, owned(2, remembering(data(2), 2, 2)))
                .answered(BOS, WRITE, failure(ErrorCode.VERSION_MISMATCH), 1));
  }

  @Test
  void shouldRejectALifeThatAMoveProlongs() {
    rejects(
        new LifetimeNeverGrows(),
        h ->
            h.stored(BOS, granted(2, NYC, data(1)))
                .stored(NYC, owned(2, endingLaterBy(data(1), 90_000))));
    bears(
        new LifetimeNeverGrows(),
        h ->
            h.stored(BOS, granted(2, NYC, data(1)))
                .stored(NYC, owned(2, endingLaterBy(data(1), 9_000))));
  }

  @Test
  void shouldBearALifeThatAClockProlongs() {
    SessionData later = endingLaterBy(data(1), 90_000);
    bears(
        new LifetimeNeverGrows(),
        h -> h.started(NYC, 90_000).stored(BOS, owned(1, data(1))).stored(NYC, owned(2, later)));
    bears(
        new LifetimeNeverGrows(),
        h -> h.stored(BOS, owned(1, data(1))).started(BOS, -90_000).stored(NYC, owned(2, later)));
  }

  private static SessionData endingLaterBy(SessionData data, long millis) {
    return data.withLifetime(data.lifetime().shifted(millis));
  }

  @Test
  void shouldRejectAPayloadThatItsProcessCannotHold() {
    int held = RecordFormat.CURRENT;

    rejects(
        new FormatsAreHeld(), h -> h.started(BOS, 0).stored(BOS, owned(1, of(1, held + 1, ""))));
    bears(new FormatsAreHeld(), h -> h.started(BOS, 0).stored(BOS, owned(1, of(1, held, ""))));
  }

  @Test
  void shouldRejectAPayloadWithoutWhatANewerReleasePutThere() {
    SessionState first = owned(1, of(1, 1, "ca03010203"));

    rejects(new FormatsAreHeld(), h -> h.stored(BOS, first).stored(NYC, owned(2, of(2, 1, ""))));
    bears(
        new FormatsAreHeld(),
        h -> h.stored(BOS, first).stored(NYC, owned(2, of(2, 1, "ca03010203"))));
  }

  private static SessionData of(long version, int format, String unknown) {
    return data(version).inFormat(format, Bytes.fromHex(unknown));
  }

  @Test
  void shouldRejectWhatIsDoneAfterTheAbsoluteEnd() {
    // Its absolute end is ten minutes after the beginning; a clock is 601 seconds ahead.
    rejects(
        new EndsInTime(),
        h ->
            h.started(BOS, 601_000)
                .stored(BOS, owned(1, data(1)))
                .answered(BOS, READ, success(1, 1, new OperationResult.Length(1))));
    bears(
        new EndsInTime(),
        h ->
            h.started(BOS, 599_000)
                .stored(BOS, owned(1, data(1)))
                .answered(BOS, READ, success(1, 1, new OperationResult.Length(1))));
  }

  @Test
  void shouldRejectASessionThatStaysAwayFromItsReader() {
    rejects(new FollowsItsUser(true), h -> readFromAfar(h, FollowsItsUser.FROM_AFAR_MAX));
    bears(
        new FollowsItsUser(true),
        h -> {
          readFromAfar(h, FollowsItsUser.FROM_AFAR_MAX - 1);
          h.answered(NYC, READ, success(2, 1), How.GRANTED);
          readFromAfar(h, FollowsItsUser.FROM_AFAR_MAX - 1);
        });
  }

  private static void readFromAfar(History history, int times) {
    for (int i = 0; i < times; i++) {
      SessionRequest read = request(10 + i, hint(1, 1, 1), get("cart"));
      history.answered(NYC, read, success(1, 1), How.EXECUTED);
      history.answered(NYC, read, success(1, 1), How.EXECUTED);
    }
  }

  @Test
  void shouldRejectAnEndThatIsNotTheOwners() {
    rejects(new OneOwner(), h -> h.stored(BOS, granted(2, NYC, data(1))).stored(BOS, tombstone(2)));
    bears(
        new OneOwner(),
        h ->
            h.stored(BOS, granted(2, NYC, data(1)))
                .stored(NYC, tombstone(2))
                .stored(TYO, tombstone(3)));
  }

  @Test
  void shouldRejectARefusalThatShowsWhatIsNotDurable() {
    Outcome ahead =
        new Outcome.Failure(
            Problem.of(ErrorCode.VERSION_MISMATCH, "made up").withCurrentVersion(3));
    Outcome withHint =
        new Outcome.Failure(
            Problem.of(ErrorCode.OUTCOME_UNKNOWN, "made up").withHint(hint(1, 3, 1)));

    rejects(
        new PayloadExistsDurably(Durability.STRICT),
        h -> h.stored(BOS, owned(1, data(2))).answered(BOS, WRITE, ahead));
    rejects(
        new PayloadExistsDurably(Durability.STRICT),
        h -> h.stored(BOS, owned(1, data(2))).answered(BOS, WRITE, withHint));
    bears(
        new PayloadExistsDurably(Durability.STRICT),
        h ->
            h.stored(BOS, owned(1, data(3)))
                .answered(BOS, WRITE, ahead)
                .answered(BOS, WRITE, withHint));
  }
}
