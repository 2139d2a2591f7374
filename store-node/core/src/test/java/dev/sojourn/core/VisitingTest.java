package dev.sojourn.core;

import static dev.sojourn.core.SplitPops.KEY;
import static dev.sojourn.core.SplitPops.custody;
import static dev.sojourn.core.SplitPops.data;
import static dev.sojourn.core.SplitPops.get;
import static dev.sojourn.core.SplitPops.pointer;
import static dev.sojourn.core.SplitPops.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.PartRefused;
import dev.sojourn.core.message.PeerMessage.PartSwung;
import dev.sojourn.core.message.PeerMessage.PartWritten;
import dev.sojourn.core.message.PeerMessage.ReadPart;
import dev.sojourn.core.message.PeerMessage.WritePart;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.Stamp;
import org.junit.jupiter.api.Test;

/** What an owner does when a request needs the part that stayed behind (rule R23). */
class VisitingTest {
  private final SplitPops pops = SplitPops.split();
  private final LonePop b = pops.b;

  @Test
  void shouldAskNobodyForARequestThatTouchesItsOwnPartAlone() {
    pops.ok(b, put("cart", 8), get("cart"));
    assertThat(b.sayings(ReadPart.class)).isEmpty();
    assertThat(b.sayings(WritePart.class)).isEmpty();
  }

  @Test
  void shouldAnswerAndTellTheCustodianOnlyOnceItPointsThereDurably() {
    Stamp before = pointer(b).stamp();
    long token = pops.send(b, put("name", 5));
    pops.deliver(b);
    pops.a.sync();
    pops.deliver(pops.a);
    pops.deliver(b);
    pops.a.sync();
    assertThat(pops.a.sayings(PartWritten.class)).hasSize(1);
    pops.deliver(pops.a);

    assertThat(b.replies).doesNotContainKey(token);
    assertThat(b.sayings(PartSwung.class)).isEmpty();
    assertThat(pointer(b).stamp()).isEqualTo(before);
    b.sync();

    assertThat(b.outcome(token)).isInstanceOf(Outcome.Success.class);
    assertThat(b.said(PartSwung.class).stamp()).isEqualTo(pointer(b).stamp());
    assertThat(pointer(b).stamp().isAfter(before)).isTrue();
  }

  @Test
  void shouldGiveEachNewValueAHigherStamp() {
    Stamp last = pointer(b).stamp();
    for (int i = 0; i < 3; i++) {
      pops.ok(b, put("name", i + 10));
      assertThat(pointer(b).stamp().isAfter(last)).isTrue();
      last = pointer(b).stamp();
    }
  }

  @Test
  void shouldRunThoseThatTouchThePartOneAfterTheOther() {
    long first = pops.send(b, put("name", 5));
    long second = pops.send(b, put("name", 6));
    long other = pops.send(b, put("cart", 7));
    b.sync();
    assertThat(b.outcome(other)).isInstanceOf(Outcome.Success.class);
    assertThat(b.sayings(ReadPart.class)).hasSize(1);
    pops.carry();
    assertThat(b.outcome(first)).isInstanceOf(Outcome.Success.class);
    assertThat(b.outcome(second)).isInstanceOf(Outcome.Success.class);
    assertThat(custody(pops.a).orElseThrow().current().orElseThrow().fields().get("name"))
        .isEqualTo(SplitPops.field(6));
  }

  @Test
  void shouldLoseOnlyWhatTouchesAPartThatIsLost() {
    long token = pops.send(b, get("name"));
    b.receive("a", KEY, answered(ErrorCode.SESSION_LOST));
    Problem problem = failure(token);
    assertThat(problem.code()).isEqualTo(ErrorCode.SESSION_LOST);
    assertThat(problem.pop()).contains(pops.a.id);

    pops.lose(b);
    pops.ok(b, put("cart", 9), get("cart"));
    assertThat(b.alarms).isEmpty();
  }

  @Test
  void shouldFreezeASessionOfWhichTheCustodianHoldsLaterValuesOnly() {
    pops.send(b, get("name"));
    b.receive("a", KEY, answered(ErrorCode.SESSION_ROLLED_BACK));
    b.sync();
    assertThat(b.alarms).containsExactly(AlarmKind.ROLLBACK_PROVEN);
    assertThat(b.record(KEY).state()).isInstanceOf(SessionState.Suspect.class);
    pops.lose(b);
    assertThat(pops.problem(b, get("cart")).code()).isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
  }

  @Test
  void shouldNameTheCustodianThatCannotBeReachedAndApplyNothing() {
    long token = pops.send(b, put("name", 5), put("cart", 5));
    b.handle(new Event.PeerDisconnected(pops.a.id));
    Problem problem = failure(token);
    assertThat(problem.code()).isEqualTo(ErrorCode.OWNER_UNREACHABLE);
    assertThat(problem.pop()).contains(pops.a.id);
    assertThat(data(b).version()).isEqualTo(1);
  }

  @Test
  void shouldNameTheCustodianThatDoesNotAnswerInTime() {
    long token = pops.send(b, put("name", 5));
    b.pass(60_000);
    Problem problem = failure(token);
    assertThat(problem.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(problem.pop()).contains(pops.a.id);
  }

  private PartRefused answered(ErrorCode code) {
    return new PartRefused(
        b.said(ReadPart.class).nonce(), Problem.of(code, "so it says").about(pops.a.id));
  }

  private Problem failure(long token) {
    if (b.outcome(token) instanceof Outcome.Failure failure) {
      return failure.problem();
    }
    throw new AssertionError(b.outcome(token).toString());
  }
}
