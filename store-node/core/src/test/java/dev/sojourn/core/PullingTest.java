package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Confirm;
import dev.sojourn.core.message.PeerMessage.Declined;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.message.PeerMessage.Moved;
import dev.sojourn.core.message.PeerMessage.PassedTo;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Refused;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.message.PeerMessage.Unknown;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions to other POPs: each asker is answered once, and no question is kept for ever. */
class PullingTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "h");
  private static final Epoch SECOND = Say.epoch(2, "a");
  private static final Epoch THIRD = Say.epoch(3, "b");

  private final LonePop pop = new LonePop("a");

  private ErrorCode problem(long token) {
    return ((Outcome.Failure) pop.outcome(token)).problem().code();
  }

  @Test
  void shouldAnswerWhoWaitedForASessionThatComesBackAfterItRanOut() {
    pop.connect("b");
    pop.starts(
        KEY,
        Say.record("h", new Forward(SECOND, new PopId("b"), Optional.empty(), 9_000_000, true)));
    long waiting =
        pop.client(KEY, Say.request(1, Say.hint("h", 1, "a", THIRD, Say.pop("b")), Say.read()));
    assertThat(pop.said(Acquire.class).purpose()).isEqualTo(Purpose.FETCH);

    pop.receive("b", KEY, new Declined(THIRD));
    pop.sync();

    assertThat(problem(waiting)).isEqualTo(ErrorCode.SESSION_ENDED);
    assertThat(pop.record(KEY).state()).isInstanceOf(Tombstone.class);
  }

  @Test
  void shouldListASessionAsEndedWhereItWasBornWhenItComesBackAfterItRanOut() {
    pop.starts(
        KEY,
        Say.record("a", new Forward(SECOND, new PopId("b"), Optional.empty(), 9_000_000, true)));

    pop.receive("b", KEY, new Declined(THIRD));
    pop.sync();

    assertThat(pop.record(KEY).directory().orElseThrow().ended()).isTrue();
  }

  @Test
  void shouldNotChaseAGrantInACircle() {
    pop.connect("b", "c", "h");
    Epoch granted = Say.epoch(5, "b");
    pop.client(KEY, Say.request(1, Say.hint("h", 1, "a", granted, Say.pop("b")), Say.read()));
    Moved toC = moved(pop.said(Acquire.class), "c", Say.epoch(3, "b"), Optional.empty());
    pop.receive("b", KEY, toC);

    pop.receive("c", KEY, moved(pop.said(Acquire.class), "a", granted, Say.pop("b")));

    PopId asked = pop.sent.get(pop.sent.size() - 1).to();
    assertThat(asked).isEqualTo(new PopId("h"));
    assertThat(pop.sayings(Acquire.class)).hasSize(3);
  }

  private Moved moved(Acquire question, String to, Epoch epoch, Optional<PopId> granter) {
    return new Moved(question.nonce(), pop.id, ImmutableList.of(), new PopId(to), epoch, granter);
  }

  @Test
  void shouldAskAlongTheTrailForWhoWaitedForAnAnswerOfTheTrail() {
    pop.connect("b", "h");
    Hint hint = Say.hint("h", 1, "b", SECOND, Optional.empty());
    pop.client(KEY, Say.request(1, hint, Say.read()));
    pop.receive("b", KEY, new Unknown(pop.said(Acquire.class).nonce(), pop.id, ImmutableList.of()));
    assertThat(pop.said(Acquire.class).role()).isEqualTo(Role.TRAIL);
    Acquire toHome = pop.said(Acquire.class);
    pop.client(KEY, Say.request(2, hint, Say.read()));

    pop.receive(
        "h",
        KEY,
        new Refused(
            toHome.nonce(),
            pop.id,
            ImmutableList.of(),
            Problem.of(ErrorCode.LIMIT_EXCEEDED, "too much")));

    assertThat(pop.sayings(Acquire.class)).hasSize(3);
    assertThat(pop.said(Acquire.class).role()).isEqualTo(Role.TRAIL);
  }

  @Test
  void shouldForgetAQuestionThatNobodyAnswersAndNobodyWaitsFor() {
    LonePop small = new LonePop("a", MoveStrategy.always(), 1);
    small.connect("b");
    Hint hint = Say.hint("h", 1, "b", SECOND, Optional.empty());
    small.client(KEY, Say.request(1, hint, Say.read()));
    Acquire lost = small.said(Acquire.class);
    small.receive("b", KEY, new PassedTo(lost.nonce(), new PopId("c"), THIRD));
    small.pass(5_000);
    assertThat(small.replies).hasSize(1);

    small.pass(600_000);
    small.client(Say.key(2), Say.creation(2, "a", 2, Say.read()));
    small.client(KEY, Say.request(3, hint, Say.read()));

    assertThat(small.loads).filteredOn(KEY::equals).hasSize(2);
  }

  @Test
  void shouldLetIdleSessionsGoThoughTheLongestUnusedOnesAreBusy() {
    LonePop small = new LonePop("a", MoveStrategy.always(), 1);
    small.connect("b");
    for (int i = 1; i <= 40; i++) {
      Hint hint = Say.hint("h", i, "b", SECOND, Optional.empty());
      small.client(Say.key(i), Say.request(i, hint, Say.read()));
    }
    for (int i = 100; i < 110; i++) {
      small.client(Say.key(i), Say.creation(i, "a", i, Say.read()));
    }

    small.client(Say.key(100), Say.creation(200, "a", 100, Say.read()));

    assertThat(small.loads).filteredOn(Say.key(100)::equals).hasSize(2);
  }

  @Test
  void shouldRepeatAConfirmThoughTheSessionIsWrittenAllTheTime() {
    pop.connect("b");
    Hint hint = Say.hint("a", 1, "b", FIRST, Optional.empty());
    pop.client(KEY, Say.request(1, hint, Say.put("x")));
    SessionData data = Say.data("a", 1, pop.now);
    pop.receive(
        "b", KEY, Say.granted(pop.said(Acquire.class).nonce(), Say.epoch(2, "b"), data, pop.now));
    pop.sync();
    assertThat(pop.record(KEY).state()).isInstanceOf(Owned.class);
    int confirmsBefore = pop.sayings(Confirm.class).size();

    for (int i = 0; i < 20; i++) {
      pop.pass(100);
      Hint own = Say.hint("a", 1, "a", Say.epoch(2, "b"), Optional.empty());
      pop.client(KEY, Say.request(10 + i, own, Say.put("x")));
      pop.sync();
      if (pop.isDue(KEY)) {
        pop.handle(new Event.RecordDue(KEY));
        pop.sync();
      }
    }

    assertThat(pop.sayings(Confirm.class)).hasSizeGreaterThan(confirmsBefore);
  }

  @Test
  void shouldReplayAWithheldResultForEachOperation() {
    pop.starts(KEY, Say.record("h", new Owned(FIRST, Say.data("h", 1, pop.now))));
    Hint hint = Say.hint("h", 1, "a", FIRST, Optional.empty());
    Operation[] operations = new Operation[60];
    for (int i = 0; i < 60; i += 2) {
      operations[i] = Say.put("x" + i);
      operations[i + 1] = Say.read();
    }
    pop.client(KEY, Say.request(1, hint, operations));
    pop.sync();

    long again = pop.client(KEY, Say.request(1, hint, operations));

    assertThat(((Outcome.Success) pop.outcome(again)).results())
        .hasSize(60)
        .containsOnly(new OperationResult.Withheld());
  }

  @Test
  void shouldRunWhatWaitedForAGrantOnceThatIsDurable() {
    pop.connect("b", "c");
    pop.starts(KEY, Say.record("h", new Owned(FIRST, Say.data("h", 1, pop.now))));
    Hint hint = Say.hint("h", 1, "a", FIRST, Optional.empty());
    pop.receive(
        "b", KEY, Say.acquire("b", 1, Role.OWNER, FIRST, Say.request(1, hint, Say.put("x"))));
    pop.receive(
        "c", KEY, Say.acquire("c", 2, Role.OWNER, FIRST, Say.request(2, hint, Say.put("y"))));
    assertThat(pop.sent).isEmpty();

    pop.sync();

    assertThat(pop.sayings(Granted.class)).hasSize(1);
    Acquire passed = pop.said(Acquire.class);
    assertThat(passed.knownEpoch()).isEqualTo(SECOND);
    assertThat(passed.allegedGranter()).isEqualTo(Say.pop("a"));
    assertThat(pop.record(KEY).state()).isInstanceOf(SessionState.Granted.class);
  }
}
