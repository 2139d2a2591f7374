package dev.sojourn.sim.check;

import static dev.sojourn.sim.check.History.BOS;
import static dev.sojourn.sim.check.History.NYC;
import static dev.sojourn.sim.check.History.TYO;
import static dev.sojourn.sim.check.History.append;
import static dev.sojourn.sim.check.History.data;
import static dev.sojourn.sim.check.History.failure;
import static dev.sojourn.sim.check.History.flagged;
import static dev.sojourn.sim.check.History.forward;
import static dev.sojourn.sim.check.History.get;
import static dev.sojourn.sim.check.History.granted;
import static dev.sojourn.sim.check.History.hint;
import static dev.sojourn.sim.check.History.owned;
import static dev.sojourn.sim.check.History.pointing;
import static dev.sojourn.sim.check.History.put;
import static dev.sojourn.sim.check.History.remembering;
import static dev.sojourn.sim.check.History.request;
import static dev.sojourn.sim.check.History.success;
import static dev.sojourn.sim.check.History.tombstone;
import static dev.sojourn.sim.check.History.with;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.check.Observation.Credential;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lost disk, or one that was put back, excuses, and beside it what it does not. */
class LossesTest {
  private static final SessionRequest PUT = request(1, hint(1, 1, 1), put("cart", "hat"));
  private static final SessionRequest READ = request(2, hint(1, 1, 1), get("cart"));

  private record Story(String what, Supplier<Invariant> invariant, Consumer<History> told) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Story story(String what, Supplier<Invariant> invariant, Consumer<History> told) {
    return new Story(what, invariant, told);
  }

  /** Owned by NYC since epoch 2, and known to BOS as that. */
  private static History movedToNyc(History history) {
    return history
        .stored(BOS, owned(1, data(1)))
        .stored(BOS, granted(2, NYC, data(2)))
        .stored(NYC, owned(2, data(2)))
        .stored(BOS, forward(2, NYC));
  }

  /** BOS still keeps what it granted to NYC, which has granted on to TYO. */
  private static History confirmNotHeard(History history) {
    return history
        .stored(BOS, granted(2, NYC, data(2)))
        .stored(NYC, owned(2, data(2)))
        .stored(NYC, granted(3, TYO, data(3)))
        .stored(TYO, owned(3, data(3)))
        .stored(NYC, forward(3, TYO));
  }

  /** Owned by NYC, but for a part that stayed with BOS. */
  private static History split(History history) {
    return history
        .stored(BOS, owned(1, data(1)))
        .storedKeeping(BOS, granted(2, NYC, pointing(data(1), BOS)))
        .stored(NYC, owned(2, pointing(data(1), BOS)))
        .storedKeeping(BOS, forward(2, NYC));
  }

  private static SessionState suspect() {
    return owned(1, data(1)).suspect();
  }

  private static Stream<Story> excused() {
    return Stream.of(
        story(
            "a POP that was put back goes on as the owner that it was",
            OneOwner::new,
            h -> movedToNyc(h).putBack(BOS, owned(1, data(1))).stored(BOS, owned(1, data(3)))),
        story(
            "a lost disk alone knew that a grant had been received, and it is received again",
            OneOwner::new,
            h -> confirmNotHeard(h).lost(NYC).stored(NYC, owned(2, data(4)))),
        story(
            "epoch and version of a POP that was put back",
            EpochVersionOnlyGrows::new,
            h ->
                h.stored(BOS, owned(3, data(5)))
                    .putBack(BOS, owned(1, data(1)))
                    .stored(BOS, owned(1, data(2)))),
        story(
            "a new directory hears of the older place first",
            EpochVersionOnlyGrows::new,
            h ->
                h.storedListing(BOS, SessionState.ABSENT, NYC, 4)
                    .lost(BOS)
                    .storedListing(BOS, SessionState.ABSENT, TYO, 3)),
        story(
            "a POP that was put back goes on without an acknowledged write",
            NoAcknowledgedWriteLost::new,
            h ->
                h.stored(BOS, owned(1, data(1, "cart", "shoes")))
                    .asked(BOS, PUT)
                    .stored(BOS, owned(1, data(2, "cart", "hat")))
                    .answered(BOS, PUT, success(1, 2, new OperationResult.Applied()))
                    .putBack(BOS, owned(1, data(1, "cart", "shoes")))
                    .stored(BOS, owned(1, data(2, "cart", "shoes")))),
        story(
            "the only payload was on the disk that is lost",
            () -> new PayloadExistsDurably(Durability.STRICT),
            h -> h.stored(BOS, owned(1, data(1))).lost(BOS)),
        story(
            "a POP that was put back does not know of the end",
            ErasedStaysErased::new,
            h ->
                h.stored(BOS, owned(1, data(1)))
                    .stored(BOS, tombstone(1))
                    .putBack(BOS, owned(1, data(1)))
                    .stored(BOS, owned(1, data(2)))
                    .atRest()),
        story(
            "a client that has not seen newer reads what it has",
            ReadsNeverGoBack::new,
            h ->
                h.stored(BOS, owned(1, data(1)))
                    .asked(BOS, PUT)
                    .stored(BOS, owned(1, data(2)))
                    .answered(BOS, PUT, success(1, 2))
                    .putBack(BOS, owned(1, data(1)))
                    .asked(BOS, READ)
                    .answered(BOS, READ, success(1, 1))),
        story(
            "a POP that was put back applies a request anew",
            AppliedOnce::new,
            h ->
                h.stored(BOS, owned(1, data(1)))
                    .stored(BOS, owned(1, remembering(data(2), 1, 2)))
                    .answered(BOS, PUT, success(1, 2))
                    .putBack(BOS, owned(1, data(1)))
                    .stored(BOS, owned(1, remembering(data(3), 1, 3)))
                    .answered(BOS, PUT, success(1, 3))),
        story(
            "a POP that was put back does not know of a rotate",
            ForgedMovesNothing::new,
            LossesTest::writtenAfterARotateThatWasUndone),
        story(
            "a hint leads to a session that is lost",
            HintsAlwaysLead::new,
            h -> asking(h.stored(BOS, owned(1, data(1))).lost(BOS), ErrorCode.SESSION_LOST)),
        story(
            "a hint leads to a session that was put back and is frozen",
            HintsAlwaysLead::new,
            h ->
                asking(
                    h.stored(BOS, owned(1, data(2))).putBack(BOS, owned(1, data(1))),
                    ErrorCode.SESSION_ROLLED_BACK)),
        story(
            "nothing is left of the only payload",
            AtMostOnePayloadAtRest::new,
            h -> h.stored(BOS, owned(1, data(1))).lost(BOS).atRest()),
        story(
            "a granter keeps what nobody can confirm any more",
            AtMostOnePayloadAtRest::new,
            h -> confirmNotHeard(h).lost(NYC).atRest()),
        story(
            "a granter may replay a request of a session that is frozen where it went",
            FrozenStaysFrozen::new,
            h ->
                h.stored(BOS, suspect())
                    .asked(BOS, READ)
                    .asked(BOS, READ)
                    .answered(BOS, READ, flagged(success(1, 1), Outcome.Flags.REPLAYED))),
        story(
            "alarms about a session that is lost, and one that was put back",
            NoFalseAlarm::new,
            h ->
                h.stored(BOS, owned(1, data(2)))
                    .putBack(BOS, owned(1, data(1)))
                    .alarmed(BOS, AlarmKind.ROLLBACK_PROVEN)
                    .lost(BOS)
                    .alarmed(NYC, AlarmKind.SESSION_LOST)),
        story(
            "a POP along the trail is lost, and the birth POP had not heard yet",
            NoFalseAlarm::new,
            h ->
                h.storedListing(BOS, forward(2, TYO), TYO, 2)
                    .storedAway(TYO, forward(3, NYC), BOS)
                    .storedAway(NYC, owned(3, data(1)), BOS)
                    .lost(TYO)
                    .alarmed(BOS, AlarmKind.SESSION_LOST)),
        story(
            "a hint leads to a record that cannot be read",
            HintsAlwaysLead::new,
            h -> asking(h.stored(BOS, owned(1, data(1))).damaged(BOS), ErrorCode.INTERNAL)),
        story(
            "a granter cannot read what it is to drop",
            AtMostOnePayloadAtRest::new,
            h ->
                h.stored(BOS, granted(2, NYC, data(1)))
                    .damaged(BOS)
                    .storedOwing(NYC, owned(2, data(1)), BOS)
                    .atRest()),
        story(
            "an owner points to a part whose custodian has lost its disk",
            PartsAreKept::new,
            h -> split(h).lost(BOS).stored(NYC, owned(2, pointing(data(2), BOS))).atRest()),
        story(
            "a session that was put back has two histories",
            Linearizable::new,
            h ->
                h.stored(BOS, owned(1, data(2)))
                    .asked(BOS, PUT)
                    .answered(BOS, PUT, success(1, 2))
                    .putBack(BOS, owned(1, data(1)))
                    .asked(BOS, request(3, put("cart", "x")))
                    .answered(BOS, request(3, put("cart", "x")), success(1, 2))
                    .atRest()));
  }

  private static Stream<Story> notExcused() {
    return Stream.of(
        story(
            "a second owner of a session that had gone on before the disk was lost",
            OneOwner::new,
            h -> movedToNyc(h).lost(BOS).stored(BOS, owned(1, data(3)))),
        story(
            "a second owner because the disk went back for another session",
            OneOwner::new,
            h -> movedToNyc(h).putBackAnother(BOS).stored(BOS, owned(1, data(3)))),
        story(
            "the same session made again on the disk that came after the lost one",
            EpochVersionOnlyGrows::new,
            h -> h.stored(BOS, owned(1, data(1))).lost(BOS).stored(BOS, owned(1, data(1)))),
        story(
            "a client is given an older hint by a POP that was put back",
            EpochVersionOnlyGrows::new,
            h ->
                h.stored(BOS, owned(2, data(5)))
                    .putBack(BOS, owned(1, data(1)))
                    .answered(
                        BOS,
                        request(1, hint(2, 5, 1), get("cart")),
                        with(success(1, 1), hint(1, 1, 1)))),
        story(
            "an acknowledged write is not in the payload that was elsewhere",
            NoAcknowledgedWriteLost::new,
            h ->
                movedToNyc(h)
                    .asked(NYC, PUT)
                    .answered(NYC, PUT, success(2, 3, new OperationResult.Applied()))
                    .lost(BOS)
                    .stored(NYC, owned(2, data(3, "cart", "shoes")))),
        story(
            "the payload that was elsewhere is dropped",
            () -> new PayloadExistsDurably(Durability.STRICT),
            h -> movedToNyc(h).lost(BOS).stored(NYC, forward(3, TYO))),
        story(
            "the payload is dropped while a disk is lost that held another session",
            () -> new PayloadExistsDurably(Durability.STRICT),
            h -> h.stored(BOS, owned(1, data(1))).lostAnother(BOS).stored(BOS, forward(2, NYC))),
        story(
            "an ended session comes back because the disk with its tombstone is lost",
            ErasedStaysErased::new,
            h -> h.stored(NYC, tombstone(2)).lost(NYC).stored(BOS, owned(3, data(1)))),
        story(
            "a POP that was put back answers a client that has seen more",
            ReadsNeverGoBack::new,
            h ->
                h.stored(BOS, owned(1, data(5)))
                    .putBack(BOS, owned(1, data(1)))
                    .answered(BOS, request(1, hint(1, 5, 1), get("cart")), success(1, 1))),
        story(
            "a client is shown less because the disk went back for another session",
            ReadsNeverGoBack::new,
            h ->
                h.asked(BOS, PUT)
                    .answered(BOS, PUT, success(1, 2))
                    .putBackAnother(BOS)
                    .asked(BOS, READ)
                    .answered(BOS, READ, success(1, 1))),
        story(
            "what a request appends is there twice",
            AppliedOnce::new,
            h ->
                h.asked(BOS, request(3, append("log", "a1;")))
                    .stored(BOS, owned(1, data(2, "log", "a1;")))
                    .putBack(BOS, owned(1, data(1)))
                    .stored(BOS, owned(1, data(3, "log", "a1;a1;")))),
        story(
            "a request is applied anew by the disk that came after the lost one",
            AppliedOnce::new,
            h ->
                h.stored(BOS, owned(1, data(1)))
                    .answered(BOS, PUT, success(1, 2))
                    .lost(BOS)
                    .answered(BOS, PUT, success(1, 2))),
        story(
            "a POP that was put back answers a forged hint",
            ForgedMovesNothing::new,
            h ->
                h.stored(BOS, owned(1, data(2)))
                    .putBack(BOS, owned(1, data(1)))
                    .asked(BOS, READ, Credential.FORGED)
                    .answered(BOS, READ, success(1, 1))),
        story(
            "a lost session is called ended",
            HintsAlwaysLead::new,
            h -> asking(h.stored(BOS, owned(1, data(1))).lost(BOS), ErrorCode.SESSION_ENDED)),
        story(
            "a session is called lost that was elsewhere",
            HintsAlwaysLead::new,
            h -> asking(movedToNyc(h).lost(BOS), ErrorCode.SESSION_LOST)),
        story(
            "a lost session is called rolled back",
            HintsAlwaysLead::new,
            h -> asking(h.stored(BOS, owned(1, data(1))).lost(BOS), ErrorCode.SESSION_ROLLED_BACK)),
        story(
            "a request for a session that was put back is led in a circle",
            HintsAlwaysLead::new,
            h ->
                asking(
                    h.stored(BOS, owned(1, data(2))).putBack(BOS, owned(1, data(1))),
                    ErrorCode.DEADLINE_EXCEEDED)),
        story(
            "two payloads, and the disk that is lost had confirmed",
            AtMostOnePayloadAtRest::new,
            h -> movedToNyc(h).lost(BOS).stored(TYO, owned(3, data(2))).atRest()),
        story(
            "a session is nowhere because another one is lost",
            AtMostOnePayloadAtRest::new,
            h -> h.stored(BOS, owned(1, data(1))).lostAnother(BOS).collected(BOS).atRest()),
        story(
            "a frozen session is overwritten",
            FrozenStaysFrozen::new,
            h -> h.stored(BOS, suspect()).stored(BOS, owned(3, data(4)))),
        story(
            "a frozen session is served",
            FrozenStaysFrozen::new,
            h ->
                h.stored(BOS, suspect())
                    .asked(BOS, READ)
                    .asked(BOS, READ)
                    .answered(BOS, READ, success(1, 1))),
        story(
            "an alarm of no disk",
            NoFalseAlarm::new,
            h -> h.stored(BOS, owned(1, data(1))).alarmed(NYC, AlarmKind.SESSION_LOST)),
        story(
            "an alarm about a session that the lost disk did not hold",
            NoFalseAlarm::new,
            h ->
                h.stored(BOS, owned(1, data(1)))
                    .lostAnother(BOS)
                    .alarmed(NYC, AlarmKind.SESSION_LOST)),
        story(
            "a rollback is proven of a session that is lost",
            NoFalseAlarm::new,
            h ->
                h.stored(BOS, owned(1, data(1))).lost(BOS).alarmed(BOS, AlarmKind.ROLLBACK_PROVEN)),
        story(
            "a session is called lost while its birth POP is told where its sessions are",
            NoFalseAlarm::new,
            h ->
                h.storedListing(BOS, forward(2, NYC), NYC, 2)
                    .storedAway(NYC, owned(2, data(1)), BOS)
                    .lost(BOS)
                    .alarmed(TYO, AlarmKind.SESSION_LOST)),
        story(
            "a session is called lost though its birth POP knows where it went",
            NoFalseAlarm::new,
            h ->
                h.storedListing(BOS, forward(2, TYO), NYC, 3)
                    .storedAway(TYO, forward(3, NYC), BOS)
                    .storedAway(NYC, owned(3, data(1)), BOS)
                    .lost(TYO)
                    .alarmed(BOS, AlarmKind.SESSION_LOST)),
        story(
            "a session is called lost whose record cannot be read",
            HintsAlwaysLead::new,
            h -> asking(h.stored(BOS, owned(1, data(1))).damaged(BOS), ErrorCode.SESSION_LOST)),
        story(
            "a session is refused whose record can be read again",
            HintsAlwaysLead::new,
            h ->
                asking(
                    h.stored(BOS, owned(1, data(1))).damaged(BOS).mended(BOS), ErrorCode.INTERNAL)),
        story(
            "a session is refused whose record was written anew",
            HintsAlwaysLead::new,
            h ->
                asking(
                    h.stored(BOS, owned(1, data(1))).damaged(BOS).stored(BOS, owned(1, data(2))),
                    ErrorCode.INTERNAL)),
        story(
            "an acknowledged write is gone from a record that was mended",
            NoAcknowledgedWriteLost::new,
            h ->
                h.asked(BOS, PUT)
                    .answered(BOS, PUT, success(1, 2, new OperationResult.Applied()))
                    .damaged(BOS)
                    .mended(BOS)
                    .stored(BOS, owned(1, data(3, "cart", "shoes")))),
        story(
            "a payload is kept twice once it can be read again",
            AtMostOnePayloadAtRest::new,
            h ->
                h.stored(BOS, granted(2, NYC, data(1)))
                    .damaged(BOS)
                    .stored(NYC, owned(2, data(1)))
                    .mended(BOS)
                    .atRest()),
        story(
            "a part is dropped that its owner points to, while a disk is lost of another session",
            PartsAreKept::new,
            h -> split(h).lostAnother(BOS).stored(BOS, forward(2, NYC))),
        story(
            "a part is kept that nobody points to, while a disk is lost that kept none of it",
            PartsAreKept::new,
            h -> split(h).lostAnother(NYC).stored(NYC, owned(2, data(2))).atRest()),
        story(
            "two writes of one version because another session was put back",
            Linearizable::new,
            h ->
                h.asked(BOS, PUT)
                    .answered(BOS, PUT, success(1, 2))
                    .putBackAnother(BOS)
                    .asked(BOS, request(3, put("cart", "x")))
                    .answered(BOS, request(3, put("cart", "x")), success(1, 2))
                    .atRest()));
  }

  private static void writtenAfterARotateThatWasUndone(History history) {
    SessionRequest rotate = request(1, hint(1, 1, 1), new Operation.Rotate());
    SessionRequest write = request(2, hint(1, 1, 1), put("cart", "hat"));
    history
        .stored(BOS, owned(1, data(1)))
        .asked(BOS, rotate)
        .stored(BOS, owned(1, data(2)))
        .answered(BOS, rotate, with(success(1, 2), hint(1, 2, 2)))
        .putBack(BOS, owned(1, data(1)))
        .asked(BOS, write)
        .stored(BOS, owned(1, remembering(data(2), 2, 2)))
        .answered(BOS, write, with(success(1, 2), hint(1, 2, 1)));
  }

  /** A client asks once everything is healed, and is told that. */
  private static void asking(History history, ErrorCode told) {
    history.atRest().asked(NYC, READ).answered(NYC, READ, failure(told)).atRest();
  }

  @ParameterizedTest
  @MethodSource("excused")
  void shouldBearWhatTheDiskAloneHeld(Story story) {
    assertThatCode(() -> story.told().accept(new History(story.invariant().get())))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("notExcused")
  void shouldRejectWhatNoDiskExcuses(Story story) {
    Invariant invariant = story.invariant().get();

    assertThatThrownBy(() -> story.told().accept(new History(invariant)))
        .isInstanceOf(InvariantViolated.class)
        .hasMessageStartingWith(invariant.getClass().getSimpleName());
  }
}
