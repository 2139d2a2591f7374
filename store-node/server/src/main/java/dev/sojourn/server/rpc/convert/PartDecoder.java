package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.server.storage.codec.CodecException;
import dev.sojourn.server.storage.codec.FieldCodec;
import dev.sojourn.server.storage.codec.PartCodec;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.SessionPayload;
import dev.sojourn.v1.StoredStamp;
import java.util.List;

/** What the owner of a split session and its custodian say to each other (rule R23). */
final class PartDecoder {
  private PartDecoder() {}

  static PeerMessage readPart(PeerEnvelope.ReadPart wire) throws WireException {
    return new PeerMessage.ReadPart(
        EnvelopeDecoder.nonce(wire.getNonce()),
        stamp(wire.hasStamp(), wire.getStamp()),
        PartCodec.marks(wire.getMarksList()));
  }

  static PeerMessage partRead(PeerEnvelope.PartRead wire) throws WireException {
    return new PeerMessage.PartRead(
        EnvelopeDecoder.nonce(wire.getNonce()), fields(wire.getFieldsList()), wire.getRedacted());
  }

  static PeerMessage writePart(PeerEnvelope.WritePart wire) throws WireException {
    return new PeerMessage.WritePart(
        EnvelopeDecoder.nonce(wire.getNonce()),
        stamp(wire.hasBase(), wire.getBase()),
        stamp(wire.hasStamp(), wire.getStamp()),
        fields(wire.getFieldsList()),
        PartCodec.marks(wire.getRemovedList()));
  }

  static PeerMessage partRefused(PeerEnvelope.PartRefused wire) throws WireException {
    WireValues.require(wire.hasProblem(), "the problem of a refusal");
    return new PeerMessage.PartRefused(
        EnvelopeDecoder.nonce(wire.getNonce()), OutcomeConverter.fromProto(wire.getProblem()));
  }

  static PeerMessage partSwung(PeerEnvelope.PartSwung wire) throws WireException {
    return new PeerMessage.PartSwung(stamp(wire.hasStamp(), wire.getStamp()));
  }

  private static Stamp stamp(boolean isThere, StoredStamp wire) throws WireException {
    WireValues.require(isThere, "the stamp of a part");
    try {
      return PartCodec.decode(wire);
    } catch (CodecException.Newer e) {
      throw new WireException.UnknownKind("a stamp of a newer release");
    } catch (CodecException | IllegalArgumentException e) {
      throw new WireException.Malformed("the stamp of a part is not lawful");
    }
  }

  private static ImmutableSortedMap<String, Field> fields(List<SessionPayload.StoredField> wire)
      throws WireException {
    try {
      return FieldCodec.decode(wire);
    } catch (CodecException.Newer e) {
      throw new WireException.UnknownKind("a field of a newer release");
    } catch (CodecException | IllegalArgumentException e) {
      throw new WireException.Malformed("the fields of a part are not lawful");
    }
  }
}
