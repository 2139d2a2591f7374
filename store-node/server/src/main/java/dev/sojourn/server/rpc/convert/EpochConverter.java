package dev.sojourn.server.rpc.convert;

import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Epoch;

/** An epoch between POPs: its number, and who issued it. */
final class EpochConverter {
  private EpochConverter() {}

  static PeerEnvelope.Epoch toProto(Epoch epoch) {
    return PeerEnvelope.Epoch.newBuilder()
        .setNumber(epoch.number())
        .setIssuer(epoch.issuer().name())
        .build();
  }

  static Epoch fromProto(boolean present, PeerEnvelope.Epoch wire) throws WireException.Malformed {
    WireValues.require(present, "an epoch");
    return new Epoch(
        WireValues.positive(wire.getNumber(), "an epoch"),
        WireValues.pop(wire.getIssuer(), "an epoch's issuer"));
  }
}
