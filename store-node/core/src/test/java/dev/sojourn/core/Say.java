package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Call;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Short words for the values that tests of the protocol speak of. */
final class Say {
  static final Namespace NAMESPACE = new Namespace("shop");

  private Say() {}

  static Bytes sixteen(long number) {
    return Bytes.wrap(ByteBuffer.allocate(16).putLong(8, number).array());
  }

  static KeyHash key(long number) {
    return new KeyHash(sixteen(number));
  }

  static Nonce nonce(long number) {
    return new Nonce(sixteen(number));
  }

  static Epoch epoch(long number, String issuer) {
    return new Epoch(number, new PopId(issuer));
  }

  static Optional<PopId> pop(String name) {
    return Optional.of(new PopId(name));
  }

  static SessionId id(String home, long number) {
    return new SessionId(new PopId(home), sixteen(number));
  }

  /** A hint of the session {@code number} that was born at {@code home}, at version 1. */
  static Hint hint(String home, long number, String owner, Epoch epoch, Optional<PopId> granter) {
    return new Hint(
        id(home, number), 1, new PopId(owner), epoch, 1, Country.UNKNOWN, 9_000_000_000L, granter);
  }

  static SessionRequest request(long rid, Hint hint, Operation... operations) {
    return new SessionRequest(
        new RequestId(sixteen(rid)),
        new SessionKey(NAMESPACE, hint.id()),
        Optional.of(hint),
        new Creation(Life.FIRST.store(), Country.UNKNOWN, 0, 0, ""),
        ImmutableList.copyOf(operations));
  }

  static SessionRequest creation(long rid, String home, long number, Operation... operations) {
    return new SessionRequest(
        new RequestId(sixteen(rid)),
        new SessionKey(NAMESPACE, id(home, number)),
        Optional.empty(),
        new Creation(Life.FIRST.store(), Country.UNKNOWN, 0, 0, ""),
        ImmutableList.copyOf(operations));
  }

  static Operation read() {
    return new Operation.Get(ImmutableList.of());
  }

  static Operation put(String name) {
    return new Operation.Put(
        name, new Field(sixteen(7), "application/octet-stream", Field.DEFAULT_CLASS));
  }

  /** What a POP would ask in the name of a client of {@code asker}. */
  static Acquire acquire(String asker, long nonce, Role role, Epoch known, SessionRequest request) {
    Hint hint = request.hint().orElseThrow();
    return new Acquire(
        Purpose.SERVE,
        role,
        new PopId(asker),
        nonce(nonce),
        ImmutableList.of(),
        Optional.of(
            new Call(
                request.id(),
                NAMESPACE,
                hint,
                request.operations(),
                Digests.ofRequest(request),
                hint.residency())),
        known,
        hint.granter(),
        true,
        RecordFormat.FIRST,
        5_000);
  }

  /** Version 1 of a session, with half an hour idle and a day at most, as of {@code now}. */
  static SessionData data(String home, long number, long now) {
    return new SessionData(
        new SessionKey(NAMESPACE, id(home, number)),
        1,
        1,
        ImmutableSortedMap.of(),
        RequestWindow.EMPTY,
        Lifetime.startingAt(now, 1_800_000, 86_400_000),
        Country.UNKNOWN,
        "",
        RecordFormat.FIRST,
        Bytes.EMPTY);
  }

  static SessionRecord record(String home, SessionState state) {
    return SessionRecord.NONE.withHome(new PopId(home)).withState(state);
  }

  /** The session itself, as its granter sends it; without the answer to a request. */
  static Granted granted(Nonce nonce, Epoch epoch, SessionData data, long now) {
    return new Granted(nonce, epoch, data.shifted(-now), Digests.ofPayload(data), Optional.empty());
  }
}
