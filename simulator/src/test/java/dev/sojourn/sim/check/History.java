package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.Life;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.Reply.How;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A made-up run, told to one invariant as if it had happened. */
final class History {
  static final PopId BOS = new PopId("bos");
  static final PopId NYC = new PopId("nyc");
  static final PopId TYO = new PopId("tyo");
  static final KeyHash KEY = new KeyHash(Bytes.fromHex("00112233445566778899aabbccddeeff"));
  private static final KeyHash OTHER_KEY =
      new KeyHash(Bytes.fromHex("ffeeddccbbaa99887766554433221100"));
  private static final SessionId ID =
      new SessionId(BOS, Bytes.fromHex("ffeeddccbbaa99887766554433221100"));
  private static final SessionKey SESSION = new SessionKey(new Namespace("shop"), ID);

  private static final Stamp STAMP = new Stamp(epoch(1), 1, 1);
  private static final ImmutableSortedMap<String, Field> PART =
      ImmutableSortedMap.of("log", field("a1;"));

  private final Invariant invariant;
  private final Map<PopId, Map<KeyHash, SessionRecord>> disks = new TreeMap<>();
  private long nowMillis;

  History(Invariant invariant) {
    this.invariant = invariant;
  }

  static Epoch epoch(long number) {
    return new Epoch(number, BOS);
  }

  static SessionRequest request(int id, Hint hint, Operation... operations) {
    return request(id, Optional.of(hint), operations);
  }

  static SessionRequest request(int id, Operation... operations) {
    return request(id, Optional.empty(), operations);
  }

  private static SessionRequest request(int id, Optional<Hint> hint, Operation... operations) {
    return new SessionRequest(
        requestId(id),
        SESSION,
        hint,
        new Creation(Life.FIRST.store(), new Country("US"), 0, 0, ""),
        ImmutableList.copyOf(operations));
  }

  private static RequestId requestId(int id) {
    return new RequestId(Bytes.fromHex(String.format("%032x", id)));
  }

  static Hint hint(long epoch, long version, long generation) {
    return new Hint(
        ID, generation, BOS, epoch(epoch), version, new Country("US"), 1_000_000, Optional.empty());
  }

  static Operation put(String name, String value) {
    return new Operation.Put(name, field(value));
  }

  static Operation append(String name, String value) {
    return new Operation.Append(name, bytes(value));
  }

  static Operation get(String name) {
    return new Operation.Get(ImmutableList.of(name));
  }

  static Field field(String value) {
    return new Field(bytes(value), "", Field.DEFAULT_CLASS);
  }

  private static Bytes bytes(String value) {
    return Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8));
  }

  static SessionState.Owned owned(long epoch, SessionData data) {
    return new SessionState.Owned(epoch(epoch), data);
  }

  static SessionState.Granted granted(long epoch, PopId grantee, SessionData data) {
    return new SessionState.Granted(epoch(epoch), grantee, data, Bytes.EMPTY);
  }

  static SessionState.Forward forward(long epoch, PopId to) {
    return new SessionState.Forward(epoch(epoch), to, Optional.empty(), 1_000_000, false);
  }

  static SessionState.Tombstone tombstone(long epoch) {
    return new SessionState.Tombstone(epoch(epoch), new SessionState.Ending.Expired(), 1_000_000);
  }

  static SessionData data(long version) {
    return data(version, ImmutableSortedMap.of());
  }

  static SessionData data(long version, String name, String value) {
    return data(version, ImmutableSortedMap.of(name, field(value)));
  }

  private static SessionData data(long version, ImmutableSortedMap<String, Field> fields) {
    return new SessionData(
        SESSION,
        version,
        1,
        fields,
        RequestWindow.EMPTY,
        Lifetime.startingAt(0, 60_000, 600_000),
        new Country("US"),
        "",
        1,
        Bytes.EMPTY);
  }

  /** The payload of an owner that points to a field left behind with {@code custodian}. */
  static SessionData pointing(SessionData data, PopId custodian) {
    return data.withLeftBehind(
        Optional.of(LeftBehind.of(custodian, STAMP, ImmutableList.of("trail"), SESSION, PART)));
  }

  /** The payload with an entry for that request in its window. */
  static SessionData remembering(SessionData data, int request, long version) {
    WindowEntry entry =
        new WindowEntry(
            requestId(request), Bytes.EMPTY, version, 1, 1_000_000, 0, ImmutableList.of());
    return data.withWindow(new RequestWindow(ImmutableList.of(entry), 0));
  }

  static Outcome.Success success(long epoch, long version, OperationResult... results) {
    return new Outcome.Success(
        ImmutableList.copyOf(results),
        Optional.empty(),
        version,
        Optional.of(epoch(epoch)),
        Outcome.Flags.NONE);
  }

  static Outcome.Success with(Outcome.Success success, Hint hint) {
    return new Outcome.Success(
        success.results(), Optional.of(hint), success.version(), success.epoch(), success.flags());
  }

  static Outcome.Success flagged(Outcome.Success success, Outcome.Flags flags) {
    return new Outcome.Success(
        success.results(), success.hint(), success.version(), success.epoch(), flags);
  }

  static Outcome failure(ErrorCode code) {
    return new Outcome.Failure(Problem.of(code, "made up"));
  }

  History stored(PopId pop, SessionState state) {
    return stored(pop, SessionRecord.NONE.withState(state));
  }

  History storedOwing(PopId pop, SessionState state, PopId granter) {
    return stored(
        pop, SessionRecord.NONE.withState(state).owing(new Owed(granter, epoch(1), Bytes.EMPTY)));
  }

  /** Stored by the custodian of that field, beside its own state. */
  History storedKeeping(PopId custodian, SessionState state) {
    Custody custody =
        new Custody(SESSION, new Country("US"), epoch(1), new Custody.Kept(STAMP, PART), 1_200_000);
    return stored(custodian, SessionRecord.NONE.withState(state).withCustody(Optional.of(custody)));
  }

  private History stored(PopId pop, SessionRecord record) {
    disks.computeIfAbsent(pop, each -> new TreeMap<>()).put(KEY, record);
    invariant.observe(new Observation.Stored(++nowMillis, pop, KEY, Optional.of(record)));
    return this;
  }

  History collected(PopId pop) {
    disks.computeIfAbsent(pop, each -> new TreeMap<>()).remove(KEY);
    invariant.observe(new Observation.Stored(++nowMillis, pop, KEY, Optional.empty()));
    return this;
  }

  /** A crash has undone every version after the one that was kept. */
  History undone(PopId pop, long epoch, long keptVersion, long lostVersion) {
    invariant.observe(
        new Observation.Undone(++nowMillis, pop, KEY, epoch(epoch), keptVersion, lostVersion));
    return this;
  }

  /** Stored by its birth POP, whose directory has that entry. */
  History storedListing(PopId birth, SessionState state, PopId at, long epoch) {
    DirectoryEntry entry = new DirectoryEntry(epoch(epoch), at, Optional.empty(), false, 1_000_000);
    return stored(
        birth,
        SessionRecord.NONE.withState(state).withHome(birth).withDirectory(Optional.of(entry)));
  }

  /** Stored by another POP than its birth POP. */
  History storedAway(PopId pop, SessionState state, PopId birth) {
    return stored(pop, SessionRecord.NONE.withState(state).withHome(birth));
  }

  /** That POP cannot read its record any more. */
  History damaged(PopId pop) {
    invariant.observe(new Observation.Damaged(++nowMillis, pop, KEY));
    return this;
  }

  History mended(PopId pop) {
    invariant.observe(new Observation.Mended(++nowMillis, pop, KEY));
    return this;
  }

  /** The disk of that POP is lost, and it has an empty one. */
  History lost(PopId pop) {
    disks.computeIfAbsent(pop, each -> new TreeMap<>()).remove(KEY);
    return replaced(pop, KEY, Optional.empty(), 2, true);
  }

  /** A disk is lost that held another session, and nothing of this one. */
  History lostAnother(PopId pop) {
    anotherAt(pop);
    return replaced(pop, OTHER_KEY, Optional.empty(), 2, true);
  }

  /** An old copy of that POP's disk is put in its place, with this under the key. */
  History putBack(PopId pop, SessionState state) {
    SessionRecord record = SessionRecord.NONE.withState(state);
    disks.computeIfAbsent(pop, each -> new TreeMap<>()).put(KEY, record);
    return replaced(pop, KEY, Optional.of(record), 1, false);
  }

  /** An old copy of a disk is put in its place that is older only in what it has of another one. */
  History putBackAnother(PopId pop) {
    anotherAt(pop);
    SessionRecord old = SessionRecord.NONE.withState(owned(1, data(1)));
    return replaced(pop, OTHER_KEY, Optional.of(old), 1, false);
  }

  private void anotherAt(PopId pop) {
    SessionRecord record = SessionRecord.NONE.withState(owned(1, data(2)));
    invariant.observe(new Observation.Stored(++nowMillis, pop, OTHER_KEY, Optional.of(record)));
  }

  private History replaced(
      PopId pop, KeyHash key, Optional<SessionRecord> record, int store, boolean anew) {
    invariant.observe(new Observation.Replaced(++nowMillis, pop, key, record, store, anew));
    return this;
  }

  History alarmed(PopId pop, AlarmKind kind) {
    invariant.observe(new Observation.Alarmed(++nowMillis, pop, KEY, kind));
    return this;
  }

  History asked(PopId pop, SessionRequest request) {
    return asked(pop, request, Credential.GENUINE);
  }

  History asked(PopId pop, SessionRequest request, Credential credential) {
    invariant.observe(new Observation.Asked(++nowMillis, "alice", pop, KEY, request, credential));
    return this;
  }

  /** Answers what was asked just now. */
  History answered(PopId pop, SessionRequest request, Outcome outcome) {
    return answered(pop, request, outcome, 0);
  }

  /** Answers what was asked {@code waitedMillis} ago. */
  History answered(PopId pop, SessionRequest request, Outcome outcome, long waitedMillis) {
    return answered(pop, request, new Reply(outcome, How.LOCAL, Optional.of(pop), 0), waitedMillis);
  }

  /** Answers what was asked just now, in that way. */
  History answered(PopId pop, SessionRequest request, Outcome outcome, How how) {
    return answered(pop, request, new Reply(outcome, how, Optional.of(BOS), 2), 0);
  }

  private History answered(PopId pop, SessionRequest request, Reply reply, long waitedMillis) {
    long asked = nowMillis - waitedMillis;
    nowMillis += 1;
    invariant.observe(
        new Observation.Answered(nowMillis, "alice", pop, KEY, request, reply, asked));
    return this;
  }

  /** The process was started, and its clock is ahead by so much. */
  History started(PopId pop, long aheadMillis) {
    invariant.started(nowMillis, pop, nowMillis + aheadMillis, RecordFormat.CURRENT);
    return this;
  }

  History atRest() {
    invariant.atRest(disks);
    return this;
  }
}
