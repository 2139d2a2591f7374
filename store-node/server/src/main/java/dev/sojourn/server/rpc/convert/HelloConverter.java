package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.v1.Hello;
import dev.sojourn.value.Bytes;

/** How a POP introduces itself, to and from the wire. */
public final class HelloConverter {
  private HelloConverter() {}

  public static Hello toProto(LinkHello hello) {
    return Hello.newBuilder()
        .setPop(hello.pop().name())
        .setTo(hello.to().name())
        .setNonce(WireValues.toProto(hello.nonce()))
        .setStoreId(WireValues.toProto(hello.storeId()))
        .setDial(hello.dial())
        .setIncarnation(hello.incarnation())
        .setPosition(hello.position())
        .setPolicyVersion(hello.policyVersion())
        .setWireVersionMin(hello.wireVersionMin())
        .setWireVersionMax(hello.wireVersionMax())
        .setRecordFormat(hello.recordFormat())
        .build();
  }

  public static LinkHello fromProto(Hello wire) throws WireException.Malformed {
    Bytes storeId = WireValues.bytes(wire.getStoreId(), LinkHello.STORE_ID_LENGTH, "a store id");
    return new LinkHello(
        WireValues.pop(wire.getPop(), "a Hello"),
        WireValues.pop(wire.getTo(), "a Hello's addressee"),
        WireValues.bytes(wire.getNonce(), LinkHello.NONCE_LENGTH, "a link's nonce"),
        storeId,
        WireValues.count(wire.getDial(), "the count of dials"),
        WireValues.positive(wire.getIncarnation(), "an incarnation"),
        WireValues.count(wire.getPosition(), "a position"),
        WireValues.count(wire.getPolicyVersion(), "a policy version"),
        WireValues.ordinal(wire.getWireVersionMin(), "a wire version"),
        WireValues.ordinal(wire.getWireVersionMax(), "a wire version"),
        WireValues.ordinal(wire.getRecordFormat(), "a record format"));
  }
}
