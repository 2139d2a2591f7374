package dev.sojourn.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskTest {
  private static final KeyHash FIRST = key("01");
  private static final KeyHash SECOND = key("02");

  private final Disk disk = new Disk((key, record) -> {});

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
