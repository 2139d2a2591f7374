package dev.sojourn.sim.check;

import static dev.sojourn.sim.check.History.BOS;
import static dev.sojourn.sim.check.History.NYC;
import static dev.sojourn.sim.check.History.TYO;
import static dev.sojourn.sim.check.History.append;
import static dev.sojourn.sim.check.History.data;
import static dev.sojourn.sim.check.History.failure;
import static dev.sojourn.sim.check.History.field;
import static dev.sojourn.sim.check.History.flagged;
import static dev.sojourn.sim.check.History.forward;
import static dev.sojourn.sim.check.History.get;
import static dev.sojourn.sim.check.History.granted;
import static dev.sojourn.sim.check.History.hint;
import static dev.sojourn.sim.check.History.owned;
import static dev.sojourn.sim.check.History.put;
import static dev.sojourn.sim.check.History.remembering;
import static dev.sojourn.sim.check.History.request;
import static dev.sojourn.sim.check.History.success;
import static dev.sojourn.sim.check.History.tombstone;
import static dev.sojourn.sim.check.History.with;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.sim.check.Observation.Credential;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each invariant is shown a history that it must reject, and beside it one that it must bear. */
class InvariantsTest {
  private static void rejects(Invariant invariant, Consumer<History> story) {
    assertThatThrownBy(() -> story.accept(new History(invariant)))
        .isInstanceOf(InvariantViolated.class)
        .hasMessageStartingWith(invariant.getClass().getSimpleName());
  }

  private static void bears(Invariant invariant, Consumer<History> story) {
    assertThatCode(() -> story.accept(new History(invariant))).doesNotThrowAnyException();
  }

  @Test
  void shouldRejectTwoOwnersOfOneEpoch() {
    rejects(new OneOwner(), h -> h.stored(BOS, owned(2, data(1))).stored(NYC, owned(2, data(1))));
  }

  @Test
  void shouldRejectAGrantToASecondPop() {
    rejects(
        new OneOwner(),
        h -> h.stored(BOS, granted(2, NYC, data(1))).stored(BOS, granted(2, TYO, data(1))));
  }

  @Test
  void shouldRejectAWriteBelowAHigherEpoch() {
    rejects(
        new OneOwner(),
        h ->
            h.stored(BOS, owned(1, data(1)))
                .stored(NYC, owned(2, data(1)))
                .stored(BOS, owned(1, data(2))));
  }

  @Test
  void shouldBearAMoveWithAWriteOnEachSide() {
    bears(
        new OneOwner(),
        h ->
            h.stored(BOS, owned(1, data(1)))
                .stored(BOS, granted(2, NYC, data(2)))
                .stored(NYC, owned(2, data(3)))
                .stored(BOS, forward(2, NYC))
                .stored(NYC, granted(3, BOS, data(4)))
                .stored(BOS, owned(3, data(4))));
  }

  @Test
  void shouldRejectAnEpochThatFalls() {
    rejects(
        new EpochVersionOnlyGrows(),
        h -> h.stored(BOS, forward(3, NYC)).stored(BOS, owned(2, data(1))));
  }

  @Test
  void shouldRejectACollectedEpochThatComesBack() {
    rejects(
        new EpochVersionOnlyGrows(),
        h -> h.stored(BOS, forward(3, NYC)).collected(BOS).stored(BOS, owned(3, data(1))));
  }

  @Test
  void shouldRejectAVersionThatFalls() {
    rejects(
        new EpochVersionOnlyGrows(),
        h -> h.stored(BOS, owned(1, data(5))).stored(BOS, owned(3, data(4))));
  }

  @Test
  void shouldRejectAHintOlderThanTheOneSent() {
    SessionRequest read = request(1, hint(2, 5, 1), get("cart"));
    rejects(
        new EpochVersionOnlyGrows(),
        h -> h.answered(BOS, read, with(success(2, 5), hint(2, 4, 1))));
  }

  @Test
  void shouldRejectAPayloadWithoutAnAcknowledgedPut() {
    SessionRequest write = request(1, put("cart", "shoes"));
    rejects(
        new NoAcknowledgedWriteLost(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, success(1, 1, new OperationResult.Applied()))
                .stored(NYC, owned(2, data(1, "cart", "hat"))));
  }

  @Test
  void shouldRejectAPayloadWithoutAnAcknowledgedAppend() {
    SessionRequest write = request(1, append("log", "a1;"));
    rejects(
        new NoAcknowledgedWriteLost(),
        h ->
            h.stored(BOS, owned(1, data(1, "log", "zz;")))
                .asked(BOS, write)
                .answered(BOS, write, success(1, 1, new OperationResult.Length(3))));
  }

  @Test
  void shouldBearAnAcknowledgedPutUnderOneThatNobodyHeardOf() {
    SessionRequest heard = request(1, put("cart", "shoes"));
    SessionRequest unheard = request(2, put("cart", "hat"));
    bears(
        new NoAcknowledgedWriteLost(),
        h ->
            h.asked(BOS, heard)
                .answered(BOS, heard, success(1, 1, new OperationResult.Applied()))
                .asked(BOS, unheard)
                .stored(BOS, owned(1, data(2, "cart", "hat"))));
  }

  @Test
  void shouldRejectAPayloadDroppedBeforeAnyoneElseHasIt() {
    rejects(
        new PayloadExistsDurably(Durability.STRICT),
        h -> h.stored(BOS, owned(1, data(1))).stored(BOS, forward(2, NYC)));
  }

  @Test
  void shouldRejectAnAnswerThatNoDiskHasYet() {
    SessionRequest write = request(1, put("cart", "shoes"));
    rejects(
        new PayloadExistsDurably(Durability.STRICT),
        h -> h.stored(BOS, owned(1, data(1))).answered(BOS, write, success(1, 2)));
  }

  @Test
  void shouldRejectAnOwnerAfterATombstone() {
    rejects(
        new ErasedStaysErased(), h -> h.stored(NYC, tombstone(2)).stored(BOS, owned(3, data(1))));
  }

  @Test
  void shouldRejectAnAnswerAfterTheEnd() {
    SessionRequest destroy = request(1, hint(1, 1, 1), new Operation.Destroy());
    SessionRequest read = request(2, hint(1, 1, 1), get("cart"));
    rejects(
        new ErasedStaysErased(),
        h ->
            h.answered(BOS, destroy, flagged(success(1, 2), Outcome.Flags.ENDED))
                .asked(NYC, read)
                .answered(NYC, read, success(1, 1)));
  }

  @Test
  void shouldRejectAPayloadLeftBehindByAnEndedSession() {
    rejects(
        new ErasedStaysErased(),
        h -> h.stored(BOS, granted(2, NYC, data(1))).stored(NYC, tombstone(2)).atRest());
  }

  @Test
  void shouldBearAReadThatWasAskedBeforeTheEnd() {
    SessionRequest read = request(2, hint(1, 1, 1), get("cart"));
    bears(
        new ErasedStaysErased(),
        h -> h.asked(BOS, read).stored(BOS, tombstone(1)).answered(BOS, read, success(1, 1), 5));
  }

  @Test
  void shouldRejectAnAnswerOlderThanItsHint() {
    SessionRequest read = request(1, hint(2, 5, 1), get("cart"));
    rejects(new ReadsNeverGoBack(), h -> h.answered(BOS, read, success(2, 4)));
  }

  @Test
  void shouldRejectAnAnswerOlderThanWhatAnotherClientWasShown() {
    SessionRequest first = request(1, hint(1, 1, 1), get("cart"));
    SessionRequest second = request(2, hint(1, 1, 1), get("cart"));
    rejects(
        new ReadsNeverGoBack(),
        h ->
            h.asked(BOS, first)
                .answered(BOS, first, success(1, 3))
                .asked(NYC, second)
                .asked(NYC, second)
                .answered(NYC, second, success(1, 2)));
  }

  @Test
  void shouldRejectTwoContentsOfOneVersion() {
    rejects(
        new ReadsNeverGoBack(),
        h ->
            h.stored(BOS, owned(1, data(2, "cart", "hat")))
                .stored(NYC, owned(2, data(2, "cart", "shoes"))));
  }

  @Test
  void shouldRejectAReadThatShowsWhatItsVersionDoesNotHold() {
    SessionRequest read = request(1, hint(1, 1, 1), get("cart"));
    OperationResult shown =
        new OperationResult.FieldsRead(ImmutableSortedMap.of("cart", field("shoes")));
    rejects(
        new ReadsNeverGoBack(),
        h ->
            h.stored(BOS, owned(1, data(2, "cart", "hat")))
                .answered(BOS, read, success(1, 2, shown)));
  }

  @Test
  void shouldRejectARequestWithTwoVersions() {
    rejects(
        new AppliedOnce(),
        h ->
            h.stored(BOS, owned(1, remembering(data(2), 7, 2)))
                .stored(NYC, owned(2, remembering(data(3), 7, 3))));
  }

  @Test
  void shouldRejectAnAppendThatIsThereTwice() {
    SessionRequest write = request(1, append("log", "a1;"));
    rejects(
        new AppliedOnce(),
        h -> h.asked(BOS, write).stored(BOS, owned(1, data(2, "log", "a1;b2;a1;"))));
  }

  @Test
  void shouldRejectTwoAnswersThatBothAppliedIt() {
    SessionRequest write = request(1, put("cart", "hat"));
    rejects(
        new AppliedOnce(),
        h -> h.answered(BOS, write, success(1, 1)).answered(BOS, write, success(1, 2)));
  }

  @Test
  void shouldRejectAReplayWithAnotherResult() {
    SessionRequest write = request(1, new Operation.Increment("n", 1));
    Outcome again = flagged(success(1, 1, new OperationResult.Number(2)), Outcome.Flags.REPLAYED);
    rejects(
        new AppliedOnce(),
        h ->
            h.answered(BOS, write, success(1, 1, new OperationResult.Number(1)))
                .answered(BOS, write, again));
  }

  @Test
  void shouldRejectAnAnswerToAForgedHint() {
    SessionRequest read = request(1, hint(1, 1, 1), get("cart"));
    rejects(
        new ForgedMovesNothing(),
        h -> h.asked(BOS, read, Credential.FORGED).answered(BOS, read, success(1, 1)));
  }

  @Test
  void shouldRejectAWriteOfAnOlderGeneration() {
    SessionRequest rotate = request(1, hint(1, 1, 1), new Operation.Rotate());
    SessionRequest write = request(2, hint(1, 1, 1), put("cart", "hat"));
    rejects(
        new ForgedMovesNothing(),
        h ->
            h.asked(BOS, rotate)
                .answered(BOS, rotate, with(success(1, 2), hint(1, 2, 2)))
                .asked(BOS, write)
                .asked(BOS, write)
                .stored(BOS, owned(1, remembering(data(3), 2, 3))));
  }

  @Test
  void shouldRejectANewHintForAReplayOfAnOlderGeneration() {
    SessionRequest write = request(2, hint(1, 1, 1), put("cart", "hat"));
    SessionRequest rotate = request(1, hint(1, 2, 1), new Operation.Rotate());
    Outcome replay = flagged(with(success(1, 3), hint(1, 3, 2)), Outcome.Flags.REPLAYED);
    rejects(
        new ForgedMovesNothing(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, success(1, 2))
                .asked(BOS, rotate)
                .answered(BOS, rotate, with(success(1, 3), hint(1, 3, 2)))
                .asked(BOS, write)
                .asked(BOS, write)
                .answered(BOS, write, replay));
  }

  @Test
  void shouldBearAReplayWhoseHintIsAsOldAsTheOneSent() {
    SessionRequest write = request(2, hint(1, 1, 1), put("cart", "hat"));
    SessionRequest rotate = request(1, hint(1, 2, 1), new Operation.Rotate());
    Outcome replay = flagged(with(success(1, 2), hint(1, 2, 1)), Outcome.Flags.REPLAYED);
    bears(
        new ForgedMovesNothing(),
        h ->
            h.asked(BOS, write)
                .answered(BOS, write, success(1, 2))
                .asked(NYC, rotate)
                .answered(NYC, rotate, with(success(1, 3), hint(1, 3, 2)))
                .asked(BOS, write)
                .asked(BOS, write)
                .answered(BOS, write, replay));
  }

  @Test
  void shouldRejectAHintThatLeadsNowhereOnceHealed() {
    SessionRequest read = request(1, hint(1, 1, 1), get("cart"));
    rejects(
        new HintsAlwaysLead(),
        h ->
            h.atRest()
                .asked(NYC, read)
                .answered(NYC, read, failure(ErrorCode.SESSION_LOST))
                .atRest());
  }

  @Test
  void shouldRejectAHintThatIsNeverAnsweredOnceHealed() {
    SessionRequest read = request(1, hint(1, 1, 1), get("cart"));
    rejects(new HintsAlwaysLead(), h -> h.atRest().asked(NYC, read).atRest());
  }

  @Test
  void shouldBearAHintThatLeadsToATombstone() {
    SessionRequest read = request(1, hint(1, 1, 1), get("cart"));
    bears(
        new HintsAlwaysLead(),
        h ->
            h.stored(BOS, tombstone(1))
                .atRest()
                .asked(NYC, read)
                .answered(NYC, read, failure(ErrorCode.SESSION_ENDED))
                .atRest());
  }

  @Test
  void shouldRejectTwoPayloadsAtRest() {
    rejects(
        new AtMostOnePayloadAtRest(),
        h -> h.stored(BOS, granted(2, NYC, data(1))).stored(NYC, owned(2, data(1))).atRest());
  }

  @Test
  void shouldRejectAConfirmStillOwedAtRest() {
    rejects(new AtMostOnePayloadAtRest(), h -> h.storedOwing(NYC, owned(2, data(1)), BOS).atRest());
  }

  @Test
  void shouldRejectALiveSessionThatIsNowhereAtRest() {
    rejects(
        new AtMostOnePayloadAtRest(),
        h -> h.stored(BOS, owned(1, data(1))).collected(BOS).atRest());
  }
}
