package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Announce;
import dev.sojourn.core.message.PeerMessage.AnnounceAck;
import dev.sojourn.core.message.PeerMessage.Moved;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.message.PeerMessage.Unknown;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A birth POP that lost its disk, while nobody owns a session of its because it is being moved. */
class ForgottenHomeTest {
  private static final KeyHash KEY = Say.key(1);
  private static final Epoch FIRST = Say.epoch(1, "h");
  private static final Epoch SECOND = Say.epoch(2, "h");
  private static final Epoch THIRD = Say.epoch(3, "a");

  private static SessionRecord granted(LonePop granter, String grantee) {
    SessionData data = Say.data("h", 1, granter.now);
    return Say.record(
            "h", new SessionState.Granted(THIRD, new PopId(grantee), data, Digests.ofPayload(data)))
        .withAnnounced(SECOND);
  }

  private static Acquire asksHome() {
    Hint old = Say.hint("h", 1, "h", FIRST, Optional.empty());
    return Say.acquire("c", 77, Role.TRAIL, FIRST, Say.request(1, old, Say.read()));
  }

  @Test
  void shouldBeToldByTheGranterWhomItGrantedTo() {
    LonePop granter = new LonePop("a");
    granter.connect("h", "b");
    granter.starts(KEY, granted(granter, "b"));

    granter.handle(new Event.HomeForgot(KEY));
    granter.sync();

    Announce announce = granter.said(Announce.class);
    assertThat(announce.pop()).isEqualTo(new PopId("b"));
    assertThat(announce.epoch()).isEqualTo(THIRD);
    assertThat(announce.granter()).isEqualTo(Say.pop("a"));

    granter.receive("h", KEY, new AnnounceAck(THIRD, false));
    granter.sync();
    granter.pass(120_000);
    granter.handle(new Event.RecordDue(KEY));
    assertThat(granter.sayings(Announce.class)).hasSize(1);
  }

  @Test
  void shouldNotBeToldByAGranterThatItHasAcknowledged() {
    LonePop granter = new LonePop("a");
    granter.connect("h", "b");
    granter.starts(KEY, granted(granter, "b"));

    granter.handle(new Event.RecordDue(KEY));
    granter.sync();

    assertThat(granter.sayings(Announce.class)).isEmpty();
  }

  @Test
  void shouldFetchWhatWasGrantedToItWhenItIsAsked() {
    LonePop home = new LonePop("h");
    home.connect("a", "c");
    home.receive("a", KEY, new Announce(THIRD, new PopId("h"), Say.pop("a"), false, 86_400_000));
    home.sync();

    home.receive("c", KEY, asksHome());

    Acquire fetch = home.said(Acquire.class);
    assertThat(fetch.purpose()).isEqualTo(Purpose.FETCH);
    assertThat(fetch.knownEpoch()).isEqualTo(THIRD);
    assertThat(home.sayings(Unknown.class)).isEmpty();
  }

  @Test
  void shouldSendTheGranteeToItsGranterThoughItsOwnForwardLeadsToIt() {
    LonePop home = new LonePop("h");
    home.connect("a", "b");
    home.starts(
        KEY,
        Say.record("h", new Forward(SECOND, new PopId("a"), Optional.empty(), 9_000_000, false)));
    home.receive("a", KEY, new Announce(THIRD, new PopId("b"), Say.pop("a"), false, 86_400_000));
    home.sync();

    Hint old = Say.hint("h", 1, "h", FIRST, Optional.empty());
    home.receive(
        "b", KEY, Say.acquire("b", 78, Role.OWNER, FIRST, Say.request(2, old, Say.read())));

    Moved moved = home.said(Moved.class);
    assertThat(moved.to()).isEqualTo(new PopId("b"));
    assertThat(moved.granter()).isEqualTo(Say.pop("a"));
  }
}
