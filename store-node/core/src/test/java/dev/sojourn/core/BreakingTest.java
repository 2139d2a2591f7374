package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.Break;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Async durability: what waits for a sync all the same, and what a crash leaves behind. */
class BreakingTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "a");
  private static final NamespaceSettings STRICT = NamespaceSettings.defaults();
  private static final NamespaceSettings ASYNC =
      STRICT.withDurability(Durability.ASYNC, OnMissing.FAIL);
  private static final Life AFTER_A_CRASH = new Life(Life.FIRST.store(), 3, 3);

  private static LonePop pop(NamespaceSettings settings, Life life) {
    return new LonePop("a", settings, life, 1L << 20);
  }

  private static Hint hint() {
    return Say.hint("a", 1, "a", FIRST, Optional.empty());
  }

  private static Owned owned(LonePop pop, long looseIn) {
    return new Owned(FIRST, Say.data("a", 1, pop.now), looseIn);
  }

  @Test
  void shouldSyncTheFirstAsyncWriteAndAnswerTheNextOnesAtOnce() {
    LonePop pop = pop(ASYNC, Life.FIRST);
    pop.starts(KEY, Say.record("a", owned(pop, 0)));

    long first = pop.client(KEY, Say.request(1, hint(), Say.put("x")));
    assertThat(pop.replies).as("before the mark is durable").doesNotContainKey(first);
    pop.sync();
    assertThat(pop.replies).containsKey(first);
    assertThat(pop.record(KEY).state()).isInstanceOfSatisfying(Owned.class, BreakingTest::isLoose);

    long second = pop.client(KEY, Say.request(2, hint(), Say.put("y")));
    assertThat(pop.replies).as("without a sync").containsKey(second);
  }

  @Test
  void shouldWaitForTheDiskWhenItHasFallenTooFarBehind() {
    LonePop pop = pop(ASYNC, Life.FIRST);
    pop.starts(KEY, Say.record("a", owned(pop, 1)));
    Hint newest = hint();
    for (long written = 1; written <= Context.BEHIND_MAX; written++) {
      long early = pop.client(KEY, Say.request(written, newest, Say.put("x")));
      newest = ((Outcome.Success) pop.outcome(early)).hint().orElse(newest);
    }

    long late = pop.client(KEY, Say.request(9_999, newest, Say.put("y")));
    assertThat(pop.replies.containsKey(late)).as("answered before the disk has it").isFalse();
    pop.sync();
    assertThat(pop.outcome(late)).isInstanceOf(Outcome.Success.class);

    long next = pop.client(KEY, Say.request(10_000, newest, Say.put("z")));
    assertThat(pop.outcome(next)).as("at once").isInstanceOf(Outcome.Success.class);
  }

  private static void isLoose(Owned owned) {
    assertThat(owned.looseIn()).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheSyncAgainWhenTheNamespaceHasBecomeStrict() {
    LonePop pop = pop(ASYNC, Life.FIRST);
    pop.starts(KEY, Say.record("a", owned(pop, 1)));
    pop.handle(new Event.NamespacesChanged(ImmutableMap.of(Say.NAMESPACE, STRICT)));

    long write = pop.client(KEY, Say.request(1, hint(), Say.put("x")));
    assertThat(pop.replies).doesNotContainKey(write);
    pop.sync();
    assertThat(pop.replies).containsKey(write);
    assertThat(((Owned) pop.record(KEY).state()).looseIn()).isZero();
  }

  @Test
  void shouldTakeUpWhatACrashMayHaveCutShortAtANewEpoch() {
    LonePop pop = pop(ASYNC, AFTER_A_CRASH);
    pop.starts(KEY, Say.record("a", owned(pop, 2)));

    long read = pop.client(KEY, Say.request(1, hint(), Say.read()));
    assertThat(pop.replies).as("before the break is durable").doesNotContainKey(read);
    pop.sync();

    assertThat(((Outcome.Success) pop.outcome(read)).epoch()).contains(Say.epoch(2, "a"));
    assertThat(pop.record(KEY).state().payload().orElseThrow().breaks())
        .singleElement()
        .satisfies(each -> assertThat(each.epoch()).isEqualTo(Say.epoch(2, "a")))
        .satisfies(each -> assertThat(each.version()).isEqualTo(1));
  }

  /** Also where the namespace has been made strict since: the record says what it was. */
  @Test
  void shouldTakeItUpAnewWhateverTheNamespaceSaysNow() {
    LonePop pop = pop(STRICT, AFTER_A_CRASH);
    pop.starts(KEY, Say.record("a", owned(pop, 2)));

    pop.client(KEY, Say.request(1, hint(), Say.read()));
    pop.sync();

    Owned after = (Owned) pop.record(KEY).state();
    assertThat(after.epoch()).isEqualTo(Say.epoch(2, "a"));
    assertThat(after.looseIn()).isZero();
  }

  @Test
  void shouldLeaveAloneWhatNoCrashCanHaveTouched() {
    LonePop strict = pop(ASYNC, AFTER_A_CRASH);
    strict.starts(KEY, Say.record("a", owned(strict, 0)));
    LonePop fresh = pop(ASYNC, AFTER_A_CRASH);
    fresh.starts(KEY, Say.record("a", owned(fresh, 3)));

    for (LonePop pop : new LonePop[] {strict, fresh}) {
      long read = pop.client(KEY, Say.request(1, hint(), Say.read()));
      pop.sync();
      assertThat(((Outcome.Success) pop.outcome(read)).epoch()).contains(FIRST);
    }
  }

  /** Else it would be told nothing: the fresh hint knows of nothing that is missing. */
  @Test
  void shouldSayWhatIsMissingAlsoWhereTheWindowIsTooShort() {
    LonePop pop = pop(STRICT.withDurability(Durability.ASYNC, OnMissing.GO_ON), AFTER_A_CRASH);
    pop.starts(KEY, Say.record("a", owned(pop, 2)));
    Hint other = hint();
    for (int i = 0; i < 3; i++) {
      long written = pop.client(KEY, Say.request(10 + i, other, Say.put("x")));
      pop.sync();
      other = ((Outcome.Success) pop.outcome(written)).hint().orElseThrow();
      pop.pass(STRICT.retryMillis() + 1);
    }

    long late = pop.client(KEY, Say.request(20, seen(FIRST, 4), Say.put("y")));
    pop.sync();

    Outcome.Failure failure = (Outcome.Failure) pop.outcome(late);
    assertThat(failure.problem().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(failure.problem().versionsMissing()).isEqualTo(3);
  }

  @Test
  void shouldTellARollbackFromACrash() {
    LonePop pop = pop(ASYNC, AFTER_A_CRASH);
    pop.starts(KEY, Say.record("a", owned(pop, 2)));
    Hint lost = seen(FIRST, 4);
    Hint ahead = seen(Say.epoch(2, "a"), 4);

    long told = pop.client(KEY, Say.request(1, lost, Say.read()));
    pop.sync();
    assertThat(((Outcome.Failure) pop.outcome(told)).problem().code())
        .isEqualTo(ErrorCode.VERSIONS_MISSING);
    assertThat(((Outcome.Failure) pop.outcome(told)).problem().versionsMissing()).isEqualTo(3);

    long frozen = pop.client(KEY, Say.request(2, ahead, Say.read()));
    pop.sync();
    assertThat(((Outcome.Failure) pop.outcome(frozen)).problem().code())
        .isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
  }

  private static Hint seen(Epoch epoch, long version) {
    Hint hint = hint();
    return new Hint(
        hint.id(),
        1,
        hint.owner(),
        epoch,
        version,
        hint.residency(),
        hint.expiresAtMillis(),
        Optional.empty());
  }

  @Test
  void shouldForgetABreakWhenNoHintFromBeforeItCanBeLeft() {
    LonePop pop = pop(ASYNC, AFTER_A_CRASH);
    pop.starts(KEY, Say.record("a", owned(pop, 2)));
    Hint latest = write(pop, 1, hint());
    assertThat(payload(pop).breaks()).hasSize(1);
    assertThat(payload(pop).format()).isEqualTo(RecordFormat.BREAKS);
    long endsAtMillis = payload(pop).breaks().get(0).expiresAtMillis();

    for (long rid = 2; pop.now < endsAtMillis; rid++) {
      pop.pass(900_000);
      latest = write(pop, rid, latest);
      assertThat(payload(pop).breaks()).hasSize(pop.now < endsAtMillis ? 1 : 0);
    }
    assertThat(payload(pop).format()).isEqualTo(RecordFormat.FIRST);
  }

  /** What its client carries afterwards. */
  private static Hint write(LonePop pop, long rid, Hint hint) {
    long token = pop.client(KEY, Say.request(rid, hint, Say.put("x")));
    pop.sync();
    return ((Outcome.Success) pop.outcome(token)).hint().orElseThrow();
  }

  private static SessionData payload(LonePop pop) {
    return pop.record(KEY).state().payload().orElseThrow();
  }

  @Test
  void shouldKeepABoundedNumberOfBreaksAndNeverTellLessThanTheyDid() {
    SessionData data = Say.data("a", 1, 0);
    int count = SessionData.BREAKS_MAX + 5;
    for (int i = 0; i < count; i++) {
      data = data.withBreak(new Break(Say.epoch(2 + i, "a"), 10L * (i + 1), 1_000 + i));
    }

    assertThat(data.breaks()).hasSize(SessionData.BREAKS_MAX);
    for (int i = 0; i < count; i++) {
      Epoch before = Say.epoch(1 + i, "a");
      long foundAfterIt = 10L * (i + 1);
      assertThat(data.sharedVersion(before, foundAfterIt + 3)).isLessThanOrEqualTo(foundAfterIt);
    }
    Epoch last = Say.epoch(1 + count, "a");
    assertThat(data.sharedVersion(last, 9_999)).isEqualTo(9_999);
  }
}
