package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Announce;
import dev.sojourn.core.message.PeerMessage.AnnounceAck;
import dev.sojourn.core.message.PeerMessage.Declined;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.message.PeerMessage.Moved;
import dev.sojourn.core.message.PeerMessage.Refused;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.message.PeerMessage.Unknown;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a birth POP makes of what it is told, and tells. */
class DirectoryTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "h");
  private static final Epoch SECOND = Say.epoch(2, "h");
  private static final Epoch THIRD = Say.epoch(3, "b");

  private final LonePop home = new LonePop("h");

  @BeforeEach
  void connect() {
    home.connect("b", "c", "d");
  }

  private static Announce announce(String pop, Epoch epoch, boolean ended) {
    return new Announce(epoch, new PopId(pop), Optional.empty(), ended, 86_400_000);
  }

  private Acquire asksForOldHint(String asker, Role role) {
    Hint old = Say.hint("h", 1, "h", FIRST, Optional.empty());
    return Say.acquire(asker, 77, role, FIRST, Say.request(1, old, Say.read()));
  }

  private static SessionRecord listed(SessionRecord record, Epoch epoch, String pop) {
    return record.withDirectory(
        Optional.of(
            new DirectoryEntry(epoch, new PopId(pop), Optional.empty(), false, 80_000_000)));
  }

  @Test
  void shouldNotRepeatAGrantToAGranteeThatHasGoneBackToAnOlderRelease() {
    SessionData newer = Say.data("h", 1, home.now).inFormat(RecordFormat.FIRST + 1, Bytes.EMPTY);
    home.starts(
        KEY,
        Say.record(
            "h",
            new SessionState.Granted(SECOND, new PopId("b"), newer, Digests.ofPayload(newer))));

    home.receive("b", KEY, asksForOldHint("b", Role.OWNER));

    assertThat(home.sayings(PeerMessage.Granted.class)).isEmpty();
    assertThat(home.said(PeerMessage.Refused.class).problem().code()).isEqualTo(ErrorCode.BUSY);
  }

  @Test
  void shouldFreezeWhatItOwnsWhenAnotherPopAnnouncesItAtAHigherEpoch() {
    home.starts(KEY, Say.record("h", new Owned(FIRST, Say.data("h", 1, home.now))));

    home.receive("c", KEY, announce("c", THIRD, false));
    home.sync();

    assertThat(home.record(KEY).state()).isInstanceOf(Suspect.class);
    assertThat(home.alarms).containsExactly(AlarmKind.ROLLBACK_PROVEN);
    assertThat(home.record(KEY).directory().orElseThrow().epoch()).isEqualTo(THIRD);
    assertThat(home.sayings(AnnounceAck.class)).hasSize(1);
  }

  @Test
  void shouldFreezeWhatItOwnsWhenItIsHandedBackAtAHigherEpoch() {
    home.starts(KEY, Say.record("h", new Owned(FIRST, Say.data("h", 1, home.now))));

    home.receive("b", KEY, new Declined(THIRD));
    home.sync();

    assertThat(home.record(KEY).state()).isInstanceOf(Suspect.class);
    assertThat(home.sent).isEmpty();
  }

  @Test
  void shouldSayBusyWhileItsDirectoryIsNotWholeThoughItIsTakenForTheOwner() {
    home.handle(new Event.DirectoryTrusted(false));

    home.receive("d", KEY, asksForOldHint("d", Role.OWNER));

    assertThat(home.said(Refused.class).problem().code()).isEqualTo(ErrorCode.BUSY);
  }

  @Test
  void shouldLeadOnByItsDirectoryThoughItIsTakenForTheOwner() {
    home.starts(KEY, listed(Say.record("h", SessionState.ABSENT), THIRD, "c"));

    home.receive("d", KEY, asksForOldHint("d", Role.OWNER));

    Acquire passed = home.said(Acquire.class);
    assertThat(passed.asker()).isEqualTo(new PopId("d"));
    assertThat(passed.knownEpoch()).isEqualTo(THIRD);
    assertThat(home.sayings(Unknown.class)).isEmpty();
  }

  @Test
  void shouldSayEndedToTheGranteeOfAForwardWhenTheSessionIsKnownToHaveEnded() {
    Forward forward = new Forward(SECOND, new PopId("b"), Optional.empty(), 9_000_000, false);
    home.starts(KEY, Say.record("h", forward));
    home.receive("c", KEY, announce("c", THIRD, true));
    home.sync();

    home.receive("b", KEY, asksForOldHint("b", Role.TRAIL));

    assertThat(home.said(Refused.class).problem().code()).isEqualTo(ErrorCode.SESSION_ENDED);
  }

  @Test
  void shouldNotRepeatAGrantThatIsKnownToHaveMovedOn() {
    var data = Say.data("h", 1, home.now);
    home.starts(
        KEY,
        Say.record(
            "h", new SessionState.Granted(SECOND, new PopId("b"), data, Digests.ofPayload(data))));
    home.receive("c", KEY, announce("c", THIRD, false));
    home.sync();

    home.receive("b", KEY, asksForOldHint("b", Role.OWNER));
    home.sync();

    assertThat(home.sayings(Granted.class)).isEmpty();
    assertThat(home.sayings(Acquire.class)).hasSize(1);
    assertThat(home.sayings(Moved.class)).isEmpty();
  }

  @Test
  void shouldNotKeepAnEntryLongerForAWordAtSecondHand() {
    home.starts(KEY, listed(Say.record("h", SessionState.ABSENT), SECOND, "b"));

    home.receive("d", KEY, announce("c", THIRD, false));
    home.sync();

    DirectoryEntry entry = home.record(KEY).directory().orElseThrow();
    assertThat(entry.pop()).isEqualTo(new PopId("c"));
    assertThat(entry.expiresAtMillis()).isEqualTo(80_000_000);
  }
}
