package dev.sojourn.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.LaneLog;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes sessions into a store that no node works on, under keys that are drawn from a seed. */
final class StoredSessions {
  static final Epoch EPOCH = new Epoch(1, TestNodes.FRA);

  private final SplittableRandom random = new SplittableRandom(5);
  private final LaneLog log = new LaneLog();
  private final CommitLane lane;
  private long seq;

  StoredSessions(SessionStore store) {
    lane = store.openLane(log);
  }

  /** A session with the field {@code name}, used at the instant 0. */
  SessionData session(String residency, long idleMillis) {
    return new SessionData(
        new SessionKey(TestNodes.SHOP, new SessionId(TestNodes.FRA, bytes())),
        1,
        1,
        ImmutableSortedMap.of(
            "name",
            new Field(Bytes.wrap("Ann".getBytes(StandardCharsets.UTF_8)), "", Field.DEFAULT_CLASS)),
        RequestWindow.EMPTY,
        Lifetime.startingAt(0, idleMillis, idleMillis),
        new Country(residency),
        "",
        RecordFormat.CURRENT,
        Bytes.EMPTY);
  }

  /** A session that has left its class {@code identity} behind, and holds nothing else. */
  SessionData without(String residency, long idleMillis, PopId custodian) {
    SessionData whole = session(residency, idleMillis);
    return whole
        .withFields(1, ImmutableSortedMap.of())
        .withLeftBehind(
            Optional.of(
                LeftBehind.of(
                    custodian,
                    new Stamp(EPOCH, 1, 1),
                    ImmutableList.of("identity"),
                    whole.key(),
                    whole.fields())));
  }

  KeyHash owned(SessionData data) {
    return write(new SessionState.Owned(EPOCH, data));
  }

  KeyHash granted(SessionData data, PopId to) {
    return write(new SessionState.Granted(EPOCH, to, data, bytes()));
  }

  /** The fields of this session as a part that is kept for its owner elsewhere. */
  KeyHash kept(SessionData data) {
    Custody part =
        new Custody(
            data.key(),
            data.residency(),
            EPOCH,
            new Custody.Kept(new Stamp(EPOCH, 1, 1), data.fields()),
            data.lifetime().endsAtMillis());
    return write(SessionRecord.NONE.withCustody(Optional.of(part)));
  }

  KeyHash write(SessionState state) {
    return write(SessionRecord.NONE.withState(state));
  }

  /** Waits until it is durable. */
  private KeyHash write(SessionRecord first) {
    KeyHash key = new KeyHash(bytes());
    SessionRecord record = first.withRevision(1);
    seq++;
    lane.submit(
        new Commit(
            seq,
            true,
            ImmutableList.of(new RecordWrite(key, 0, Optional.of(record), Long.MAX_VALUE))));
    log.awaitCommitted(seq);
    return key;
  }

  private Bytes bytes() {
    byte[] bytes = new byte[KeyHash.LENGTH];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
