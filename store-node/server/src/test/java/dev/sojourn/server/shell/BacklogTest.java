package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId FRA = new PopId("fra");
  private static final Bytes SIXTEEN = Bytes.wrap(new byte[16]);
  private static final KeyHash KEY = new KeyHash(SIXTEEN);
  private static final Epoch SECOND = new Epoch(2, FRA);

  private final Backlog backlog = new Backlog(BOS);

  @Test
  void shouldCountNothingForASessionAtHome() {
    observe(owned(new Epoch(1, BOS)).withHome(BOS), 0);
    assertThat(backlog.snapshot()).isEqualTo(Backlog.Snapshot.NONE);
  }

  @Test
  void shouldCountWhatASessionFromElsewhereOwesUntilItIsAcknowledged() {
    SessionRecord taken = owned(SECOND).withHome(FRA).owing(new Owed(FRA, SECOND, SIXTEEN));
    observe(taken, 0);
    assertThat(backlog.snapshot().confirmsOwed()).isEqualTo(1);
    assertThat(backlog.snapshot().announcesOwed()).isEqualTo(1);

    observe(taken.settled(FRA, SECOND), 1);
    assertThat(backlog.snapshot().confirmsOwed()).isZero();
    assertThat(backlog.snapshot().announcesOwed()).isEqualTo(1);

    observe(taken.settled(FRA, SECOND).withAnnounced(SECOND), 2);
    assertThat(backlog.snapshot()).isEqualTo(Backlog.Snapshot.NONE);
  }

  @Test
  void shouldKnowHowLongAGrantIsUnconfirmed() {
    SessionState.Owned owned = (SessionState.Owned) owned(new Epoch(1, BOS)).state();
    SessionRecord granted =
        SessionRecord.NONE.withHome(BOS).withState(owned.grantTo(FRA, BOS, SIXTEEN));
    observe(granted, 1_000);
    observe(granted, 5_000);
    assertThat(backlog.snapshot().grantsUnconfirmed()).isEqualTo(1);
    assertThat(backlog.snapshot().oldestGrantMillis()).isEqualTo(1_000);

    backlog.observe(KEY, Optional.empty(), 6_000);
    assertThat(backlog.snapshot()).isEqualTo(Backlog.Snapshot.NONE);
  }

  @Test
  void shouldCountAGrantOfWhichTheBirthPopHasHeardNothing() {
    SessionState.Owned owned = (SessionState.Owned) owned(SECOND).state();
    SessionRecord granted =
        SessionRecord.NONE.withHome(FRA).withState(owned.grantTo(FRA, BOS, SIXTEEN));
    observe(granted, 0);
    assertThat(backlog.snapshot().announcesOwed()).isEqualTo(1);

    observe(granted.withAnnounced(SECOND), 1);
    assertThat(backlog.snapshot().announcesOwed()).isZero();
  }

  private void observe(SessionRecord record, long nowMillis) {
    backlog.observe(KEY, Optional.of(record), nowMillis);
  }

  private static SessionRecord owned(Epoch epoch) {
    SessionKey key = new SessionKey(new Namespace("shop"), new SessionId(BOS, SIXTEEN));
    SessionData data =
        new SessionData(
            key,
            1,
            1,
            ImmutableSortedMap.of(),
            RequestWindow.EMPTY,
            Lifetime.startingAt(0, 1_000, 1_000),
            new Country("US"),
            "",
            1,
            Bytes.EMPTY);
    return new SessionRecord(
        1,
        new SessionState.Owned(epoch, data),
        Optional.empty(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty());
  }
}
