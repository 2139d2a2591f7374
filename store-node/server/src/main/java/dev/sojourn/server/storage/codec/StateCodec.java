package dev.sojourn.server.storage.codec;

import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Declined;
import dev.sojourn.core.state.SessionState.Ending;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.v1.StoredRecord;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;

/** What a session is at this POP. */
final class StateCodec {
  private StateCodec() {}

  static void encode(SessionState state, StoredRecord.Builder into) {
    if (state instanceof Owned owned) {
      into.setOwned(encode(owned));
    } else if (state instanceof Granted granted) {
      into.setGranted(
          StoredRecord.Granted.newBuilder()
              .setEpoch(ValueCodec.epoch(granted.epoch()))
              .setGranteePop(granted.grantee().name())
              .setSession(SessionDataCodec.encode(granted.data()))
              .setDigest(ValueCodec.bytes(granted.digest())));
    } else if (state instanceof Declined declined) {
      into.setDeclined(
          StoredRecord.Declined.newBuilder()
              .setEpoch(ValueCodec.epoch(declined.epoch()))
              .setGranterPop(declined.granter().name())
              .setExpiresAtMillis(declined.expiresAtMillis()));
    } else if (state instanceof Forward forward) {
      into.setForward(
          StoredRecord.Forward.newBuilder()
              .setEpoch(ValueCodec.epoch(forward.epoch()))
              .setToPop(forward.to().name())
              .setGranterPop(ValueCodec.popIfAny(forward.granter()))
              .setExpiresAtMillis(forward.expiresAtMillis())
              .setLapsed(forward.lapsed()));
    } else if (state instanceof Tombstone tombstone) {
      into.setTombstone(encode(tombstone));
    } else if (state instanceof Suspect suspect) {
      into.setSuspect(StoredRecord.Suspect.newBuilder().setWas(encode(suspect.was())));
    } else if (!(state instanceof SessionState.Absent)) {
      throw new IllegalStateException("a state of a kind that the store does not know");
    }
  }

  static SessionState decode(StoredRecord stored) throws CodecException {
    switch (stored.getStateCase()) {
      case OWNED:
        return decode(stored.getOwned());
      case GRANTED:
        return decode(stored.getGranted());
      case DECLINED:
        StoredRecord.Declined declined = stored.getDeclined();
        ValueCodec.requireKnown(declined);
        return new Declined(
            ValueCodec.epoch(declined.getEpoch()),
            new PopId(declined.getGranterPop()),
            declined.getExpiresAtMillis());
      case FORWARD:
        return decode(stored.getForward());
      case TOMBSTONE:
        return decode(stored.getTombstone());
      case SUSPECT:
        ValueCodec.requireKnown(stored.getSuspect());
        return new Suspect(decode(stored.getSuspect().getWas()));
      case STATE_NOT_SET:
        break;
    }
    return SessionState.ABSENT;
  }

  private static StoredRecord.Owned encode(Owned owned) {
    return StoredRecord.Owned.newBuilder()
        .setEpoch(ValueCodec.epoch(owned.epoch()))
        .setSession(SessionDataCodec.encode(owned.data()))
        .setLooseIn(owned.looseIn())
        .build();
  }

  private static Owned decode(StoredRecord.Owned stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Owned(
        ValueCodec.epoch(stored.getEpoch()),
        SessionDataCodec.decode(stored.getSession()),
        stored.getLooseIn());
  }

  private static Granted decode(StoredRecord.Granted stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Granted(
        ValueCodec.epoch(stored.getEpoch()),
        new PopId(stored.getGranteePop()),
        SessionDataCodec.decode(stored.getSession()),
        ValueCodec.bytes(stored.getDigest()));
  }

  private static Forward decode(StoredRecord.Forward stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Forward(
        ValueCodec.epoch(stored.getEpoch()),
        new PopId(stored.getToPop()),
        ValueCodec.popIfAny(stored.getGranterPop()),
        stored.getExpiresAtMillis(),
        stored.getLapsed());
  }

  private static StoredRecord.Tombstone encode(Tombstone tombstone) {
    StoredRecord.Tombstone.Builder stored =
        StoredRecord.Tombstone.newBuilder()
            .setEpoch(ValueCodec.epoch(tombstone.epoch()))
            .setExpiresAtMillis(tombstone.expiresAtMillis());
    if (tombstone.ending() instanceof Ending.Destroyed destroyed) {
      stored.setDestroyed(
          StoredRecord.Destroyed.newBuilder()
              .setRequestId(ValueCodec.bytes(destroyed.request().value()))
              .setOperationsDigest(ValueCodec.bytes(destroyed.operationsDigest()))
              .setVersion(destroyed.version()));
    } else if (tombstone.ending() instanceof Ending.Expired) {
      stored.setExpired(StoredRecord.Expired.getDefaultInstance());
    } else if (tombstone.ending() instanceof Ending.Swept) {
      stored.setSwept(StoredRecord.Swept.getDefaultInstance());
    } else {
      throw new IllegalStateException("an ending of a kind that the store does not know");
    }
    return stored.build();
  }

  private static Tombstone decode(StoredRecord.Tombstone stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Tombstone(
        ValueCodec.epoch(stored.getEpoch()), ending(stored), stored.getExpiresAtMillis());
  }

  private static Ending ending(StoredRecord.Tombstone stored) throws CodecException {
    switch (stored.getEndingCase()) {
      case DESTROYED:
        StoredRecord.Destroyed destroyed = stored.getDestroyed();
        ValueCodec.requireKnown(destroyed);
        return new Ending.Destroyed(
            new RequestId(ValueCodec.bytes(destroyed.getRequestId())),
            ValueCodec.bytes(destroyed.getOperationsDigest()),
            destroyed.getVersion());
      case EXPIRED:
        ValueCodec.requireKnown(stored.getExpired());
        return new Ending.Expired();
      case SWEPT:
        ValueCodec.requireKnown(stored.getSwept());
        return new Ending.Swept();
      case ENDING_NOT_SET:
        break;
    }
    throw new CodecException.Malformed("a tombstone does not say how the session ended");
  }
}
