package dev.sojourn.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.Life;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.Lifetime;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskTest {
  private static final PopId BOS = new PopId("bos");
  private static final KeyHash FIRST = key("01");
  private static final KeyHash SECOND = key("02");

  private final Disk disk = new Disk(false, (key, record) -> {}, undone -> {});

  private static KeyHash key(String end) {
    return new KeyHash(Bytes.fromHex("0011223344556677889900112233" + "00" + end));
  }

  private static Commit write(long seq, boolean synced, KeyHash key, long expectedRevision) {
    RecordWrite write =
        new RecordWrite(key, expectedRevision, Optional.of(SessionRecord.NONE), Long.MAX_VALUE);
    return new Commit(seq, synced, ImmutableList.of(write));
  }

  @Test
  void shouldLoseWhatWasNotSynced() {
    disk.submit(write(1, true, FIRST, 0));
    disk.syncedThrough(1);
    disk.submit(write(2, true, SECOND, 0));

    disk.crash(Crash.Kept.NOTHING);

    assertThat(disk.read(FIRST)).isPresent();
    assertThat(disk.read(SECOND)).isEmpty();
  }

  @Test
  void shouldKeepOnlyABeginningOfWhatWasNotSynced() {
    disk.submit(write(1, false, FIRST, 0));
    disk.submit(write(2, true, SECOND, 0));

    disk.crash(Crash.Kept.HALF);

    assertThat(disk.read(FIRST)).isPresent();
    assertThat(disk.read(SECOND)).isEmpty();
  }

  @Test
  void shouldShowAReadWhatIsNotDurableYet() {
    disk.submit(write(1, true, FIRST, 0));

    assertThat(disk.read(FIRST)).map(SessionRecord::revision).contains(1L);
    assertThat(disk.durable()).isEmpty();
  }

  @Test
  void shouldCountASyncAsPendingUntilItIsDoneAndALazyWriteNever() {
    disk.submit(write(1, true, FIRST, 0));
    disk.submit(write(2, false, FIRST, 1));

    assertThat(disk.isSyncPending(2)).isTrue();
    disk.syncedThrough(1);
    assertThat(disk.isSyncPending(2)).isFalse();
  }

  @Test
  void shouldTellOfALossUpToTheFirstCommitThatAskedForASync() {
    List<Disk.Undone> told = new ArrayList<>();
    Disk loose = new Disk(true, (key, record) -> {}, told::add);
    loose.submit(owned(1, true, 1));
    loose.syncedThrough(1);
    loose.submit(owned(2, false, 2));
    loose.submit(owned(3, false, 3));
    loose.submit(owned(4, true, 4));
    loose.submit(owned(5, false, 5));

    loose.crash(Crash.Kept.NOTHING);

    // What was written behind the sync that was still to come was not answered before it.
    assertThat(told).containsExactly(new Disk.Undone(FIRST, new Epoch(1, BOS), 1, 3));
  }

  @Test
  void shouldCountAnOrderlyEndAndACrashApart() {
    assertThat(disk.begin()).isEqualTo(new Life(Keys.storeId(1), 1, 1));
    disk.end();
    assertThat(disk.begin()).isEqualTo(new Life(Keys.storeId(1), 2, 1));
    disk.crash(Crash.Kept.NOTHING);
    assertThat(disk.begin()).isEqualTo(new Life(Keys.storeId(1), 3, 3));
    disk.end();
    assertThat(disk.begin()).isEqualTo(new Life(Keys.storeId(1), 4, 3));
  }

  private static Commit owned(long seq, boolean synced, long version) {
    SessionData data =
        new SessionData(
            new SessionKey(new Namespace("shop"), new SessionId(BOS, FIRST.value())),
            version,
            1,
            ImmutableSortedMap.of(),
            RequestWindow.EMPTY,
            Lifetime.startingAt(0, 60_000, 600_000),
            new Country("US"),
            "",
            1,
            Bytes.EMPTY);
    SessionRecord record =
        SessionRecord.NONE.withState(new SessionState.Owned(new Epoch(1, BOS), data, 1));
    return new Commit(
        seq,
        synced,
        ImmutableList.of(new RecordWrite(FIRST, seq - 1, Optional.of(record), Long.MAX_VALUE)));
  }

  @Test
  void shouldRefuseAWriteThatExpectsAnotherRevision() {
    disk.submit(write(1, true, FIRST, 0));

    assertThatThrownBy(() -> disk.submit(write(2, true, FIRST, 0)))
        .isInstanceOf(ProtocolBroken.class)
        .hasMessage("a write expects revision 0 and finds 1");
  }

  @Test
  void shouldRefuseACommitOutOfOrder() {
    disk.submit(write(2, true, FIRST, 0));

    assertThatThrownBy(() -> disk.submit(write(1, true, SECOND, 0)))
        .isInstanceOf(ProtocolBroken.class);
  }
}
