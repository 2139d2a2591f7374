package dev.sojourn.server.rpc.convert;

import dev.sojourn.hint.Hint;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.SessionId;

/** An opened hint, as POPs show it to each other and to nobody else. */
final class HintConverter {
  private HintConverter() {}

  static PeerEnvelope.Hint toProto(Hint hint) {
    return PeerEnvelope.Hint.newBuilder()
        .setBirthPop(hint.id().birth().name())
        .setUnique(WireValues.toProto(hint.id().unique()))
        .setGeneration(hint.generation())
        .setOwner(hint.owner().name())
        .setEpoch(EpochConverter.toProto(hint.epoch()))
        .setVersion(hint.version())
        .setResidencyCountry(hint.residency().code())
        .setExpiresAtMillis(hint.expiresAtMillis())
        .setGranter(WireValues.toProto(hint.granter()))
        .build();
  }

  static Hint fromProto(PeerEnvelope.Hint wire) throws WireException.Malformed {
    SessionId id =
        new SessionId(
            WireValues.pop(wire.getBirthPop(), "a hint's birth POP"),
            WireValues.bytes(wire.getUnique(), SessionId.UNIQUE_LENGTH, "a session id"));
    return new Hint(
        id,
        WireValues.positive(wire.getGeneration(), "a hint's generation"),
        WireValues.pop(wire.getOwner(), "a hint's owner"),
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()),
        WireValues.positive(wire.getVersion(), "a hint's version"),
        WireValues.country(wire.getResidencyCountry(), "a hint's residency"),
        WireValues.count(wire.getExpiresAtMillis(), "a hint's expiry"),
        WireValues.popIfAny(wire.getGranter(), "a hint's granter"));
  }
}
