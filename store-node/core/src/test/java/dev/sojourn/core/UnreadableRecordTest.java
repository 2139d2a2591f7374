package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.Confirm;
import dev.sojourn.core.message.PeerMessage.Refused;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that cannot be read is neither waited for for ever nor taken for an absent one. */
class UnreadableRecordTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "h");

  private final LonePop pop = new LonePop("a");
  private final Hint hint = Say.hint("h", 1, "a", FIRST, Optional.empty());

  @BeforeEach
  void ownASessionWhoseRecordIsDamaged() {
    pop.connect("b");
    pop.starts(KEY, Say.record("h", new Owned(FIRST, Say.data("h", 1, pop.now))));
    pop.unreadable.add(KEY);
  }

  private Problem problem(long token) {
    return ((Outcome.Failure) pop.outcome(token)).problem();
  }

  @Test
  void shouldTellEveryoneWhoWaitedForIt() {
    pop.slowReads();
    long first = pop.client(KEY, Say.request(1, hint, Say.read()));
    long second = pop.client(KEY, Say.request(2, hint, Say.put("x")));
    pop.receive(
        "b", KEY, Say.acquire("b", 3, Role.OWNER, FIRST, Say.request(3, hint, Say.put("y"))));
    assertThat(pop.replies).isEmpty();

    pop.readAll();

    assertThat(problem(first).code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(problem(second).pop()).contains(new PopId("a"));
    assertThat(pop.said(Refused.class).problem().code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(pop.said(Refused.class).nonce()).isEqualTo(Say.nonce(3));
  }

  @Test
  void shouldNeitherAcknowledgeNorWriteAnythingFromIt() {
    pop.receive("b", KEY, new Confirm(Say.epoch(2, "a"), Say.sixteen(1)));
    pop.handle(new Event.RecordDue(KEY));
    pop.handle(new Event.HomeForgot(KEY));
    pop.client(KEY, Say.creation(1, "h", 1, Say.put("x")));
    pop.sync();

    assertThat(pop.sent).isEmpty();
    assertThat(pop.record(KEY).revision()).isEqualTo(1);
  }

  @Test
  void shouldBeReadAnewForWhoeverAsksNext() {
    long refused = pop.client(KEY, Say.request(1, hint, Say.read()));
    assertThat(problem(refused).code()).isEqualTo(ErrorCode.INTERNAL);
    pop.unreadable.clear();

    long served = pop.client(KEY, Say.request(2, hint, Say.read()));

    assertThat(pop.outcome(served)).isInstanceOf(Outcome.Success.class);
    assertThat(pop.loads).containsExactly(KEY, KEY);
  }

  @Test
  void shouldNotTakeALateFailureForTheRecordThatIsInMemory() {
    pop.unreadable.clear();
    pop.client(KEY, Say.request(1, hint, Say.put("x")));
    pop.sync();

    pop.handle(new Event.LoadFailed(KEY));
    long served = pop.client(KEY, Say.request(2, hint, Say.read()));

    assertThat(pop.outcome(served)).isInstanceOf(Outcome.Success.class);
    assertThat(pop.loads).containsExactly(KEY);
  }
}
