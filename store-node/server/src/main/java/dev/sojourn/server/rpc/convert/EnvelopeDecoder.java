package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.server.storage.codec.CodecException;
import dev.sojourn.server.storage.codec.SessionDataCodec;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.List;
import java.util.Optional;

/** What another POP said, as the core reads it: whole and lawful, or not at all. */
public final class EnvelopeDecoder {
  private static final int DIGEST_BYTES_MAX = 64;

  private EnvelopeDecoder() {}

  public static KeyHash key(PeerEnvelope wire) throws WireException.Malformed {
    return new KeyHash(WireValues.bytes(wire.getKeyHash(), KeyHash.LENGTH, "a key hash"));
  }

  /** The store that an {@code announces_done} speaks of. */
  public static Bytes storeId(PeerEnvelope.AnnouncesDone wire) throws WireException.Malformed {
    return WireValues.bytes(wire.getStoreId(), LinkHello.STORE_ID_LENGTH, "a store id");
  }

  /**
   * The message of any envelope but {@code announces_done}.
   *
   * @throws WireException.Malformed if it breaks a rule of the wire
   * @throws WireException.UnknownKind if it comes from a newer release and this one cannot tell
   *     what it wants
   */
  public static PeerMessage decode(PeerEnvelope wire) throws WireException {
    return switch (wire.getMessageCase()) {
      case ACQUIRE -> acquire(wire.getAcquire());
      case GRANTED -> granted(wire.getGranted());
      case EXECUTED -> executed(wire.getExecuted());
      case PASSED_TO -> passedTo(wire.getPassedTo());
      case MOVED -> moved(wire.getMoved());
      case REFUSED -> refused(wire.getRefused());
      case UNKNOWN -> unknown(wire.getUnknown());
      case STAY -> new PeerMessage.Stay(nonce(wire.getStay().getNonce()));
      case OFFER -> offer(wire.getOffer());
      case CREATE_ELSEWHERE -> create(wire.getCreateElsewhere());
      case CONFIRM -> confirm(wire.getConfirm());
      case CONFIRM_ACK -> confirmAck(wire.getConfirmAck());
      case DECLINED -> declined(wire.getDeclined());
      case DECLINE_ACK -> declineAck(wire.getDeclineAck());
      case ANNOUNCE -> announce(wire.getAnnounce());
      case ANNOUNCE_ACK -> announceAck(wire.getAnnounceAck());
      case READ_PART -> PartDecoder.readPart(wire.getReadPart());
      case PART_READ -> PartDecoder.partRead(wire.getPartRead());
      case WRITE_PART -> PartDecoder.writePart(wire.getWritePart());
      case PART_WRITTEN -> new PeerMessage.PartWritten(nonce(wire.getPartWritten().getNonce()));
      case PART_REFUSED -> PartDecoder.partRefused(wire.getPartRefused());
      case PART_SWUNG -> PartDecoder.partSwung(wire.getPartSwung());
      case DROP_PART ->
          new PeerMessage.DropPart(
              EpochConverter.fromProto(
                  wire.getDropPart().hasEpoch(), wire.getDropPart().getEpoch()));
      case PART_DROPPED ->
          new PeerMessage.PartDropped(
              EpochConverter.fromProto(
                  wire.getPartDropped().hasEpoch(), wire.getPartDropped().getEpoch()));
      case ANNOUNCES_DONE ->
          throw new WireException.Malformed("announces_done is not about a session");
      case MESSAGE_NOT_SET ->
          throw new WireException.UnknownKind("a message of a kind of a newer release");
    };
  }

  private static PeerMessage acquire(PeerEnvelope.Acquire wire) throws WireException {
    PeerMessage.Purpose purpose = PurposeConverter.fromProto(wire.getPurpose());
    if (wire.getPathCount() > PeerMessage.Acquire.PATH_MAX) {
      throw new WireException.Malformed(
          "a path names at most " + PeerMessage.Acquire.PATH_MAX + " POPs");
    }
    if (purpose == PeerMessage.Purpose.SERVE || purpose == PeerMessage.Purpose.TAKE) {
      WireValues.require(wire.hasCall(), "the request of a SERVE or TAKE");
    }
    return new PeerMessage.Acquire(
        purpose,
        PurposeConverter.fromProto(wire.getRole()),
        WireValues.pop(wire.getAsker(), "an asker"),
        nonce(wire.getNonce()),
        WireValues.pops(wire.getPathList(), "a path"),
        wire.hasCall() ? Optional.of(call(wire.getCall())) : Optional.empty(),
        EpochConverter.fromProto(wire.hasKnownEpoch(), wire.getKnownEpoch()),
        WireValues.popIfAny(wire.getAllegedGranter(), "an alleged granter"),
        wire.getMayTake(),
        WireValues.ordinal(wire.getRecordFormat(), "a record format"),
        WireValues.count(wire.getTimeLeftMillis(), "the time left"));
  }

  private static PeerMessage.Call call(PeerEnvelope.Call wire) throws WireException {
    WireValues.require(wire.hasHint(), "the hint of a call");
    return new PeerMessage.Call(
        requestId(wire.getRequestId()),
        namespace(wire.getNamespace()),
        HintConverter.fromProto(wire.getHint()),
        OperationConverter.fromProto(wire.getOperationsList()),
        digest(wire.getDigest()),
        WireValues.country(wire.getResidencyCountry(), "a call's residency"));
  }

  private static PeerMessage offer(PeerEnvelope.Offer wire) throws WireException {
    return new PeerMessage.Offer(EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()));
  }

  private static PeerMessage create(PeerEnvelope.CreateElsewhere wire) throws WireException {
    WireValues.require(wire.hasCreate(), "what a new session starts with");
    SessionId id =
        new SessionId(
            WireValues.pop(wire.getBirthPop(), "a birth POP"),
            WireValues.bytes(wire.getUnique(), SessionId.UNIQUE_LENGTH, "a session's id"));
    Creation creation =
        new Creation(
            WireValues.bytes(wire.getStoreId(), LinkHello.STORE_ID_LENGTH, "a store id"),
            WireValues.country(wire.getCreate().getResidencyCountry(), "a creation's residency"),
            WireValues.count(wire.getCreate().getIdleLifetimeMillis(), "an idle lifetime"),
            WireValues.count(wire.getCreate().getAbsoluteLifetimeMillis(), "an absolute lifetime"),
            wire.getCreate().getLabel());
    return new PeerMessage.Create(
        nonce(wire.getNonce()),
        new SessionRequest(
            requestId(wire.getRequestId()),
            new SessionKey(namespace(wire.getNamespace()), id),
            Optional.empty(),
            creation,
            OperationConverter.fromProto(wire.getOperationsList())),
        WireValues.count(wire.getTimeLeftMillis(), "the time left"));
  }

  private static RequestId requestId(ByteString wire) throws WireException {
    return new RequestId(WireValues.bytes(wire, RequestId.LENGTH, "a request id"));
  }

  private static Namespace namespace(String wire) throws WireException {
    if (!Namespace.isLawful(wire)) {
      throw new WireException.Malformed("a namespace has an unlawful name");
    }
    return new Namespace(wire);
  }

  private static PeerMessage granted(PeerEnvelope.Granted wire) throws WireException {
    WireValues.require(wire.hasData(), "the payload of a grant");
    Optional<Outcome.Success> answered =
        wire.hasAnswered()
            ? Optional.of(OutcomeConverter.fromProto(wire.getAnswered()))
            : Optional.empty();
    try {
      return new PeerMessage.Granted(
          nonce(wire.getNonce()),
          EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()),
          SessionDataCodec.decode(wire.getData()),
          digest(wire.getDigest()),
          answered,
          wire.getWithheld());
    } catch (CodecException.Newer e) {
      throw new WireException.UnknownKind("a payload of a newer release");
    } catch (CodecException e) {
      throw new WireException.Malformed("the payload of a grant is not lawful");
    }
  }

  private static PeerMessage executed(PeerEnvelope.Executed wire) throws WireException {
    WireValues.require(wire.hasSuccess(), "the outcome of an Executed");
    return new PeerMessage.Executed(
        nonce(wire.getNonce()),
        WireValues.pop(wire.getAsker(), "an asker"),
        back(wire.getBackList()),
        WireValues.pop(wire.getOwner(), "an owner"),
        WireValues.popIfAny(wire.getGranter(), "a granter"),
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()),
        OutcomeConverter.fromProto(wire.getSuccess()));
  }

  private static PeerMessage passedTo(PeerEnvelope.PassedTo wire) throws WireException {
    return new PeerMessage.PassedTo(
        nonce(wire.getNonce()),
        WireValues.pop(wire.getTo(), "where it was passed to"),
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()));
  }

  private static PeerMessage moved(PeerEnvelope.Moved wire) throws WireException {
    return new PeerMessage.Moved(
        nonce(wire.getNonce()),
        WireValues.pop(wire.getAsker(), "an asker"),
        back(wire.getBackList()),
        WireValues.pop(wire.getTo(), "where it moved to"),
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()),
        WireValues.popIfAny(wire.getGranter(), "a granter"));
  }

  private static PeerMessage refused(PeerEnvelope.Refused wire) throws WireException {
    WireValues.require(wire.hasProblem(), "the problem of a refusal");
    return new PeerMessage.Refused(
        nonce(wire.getNonce()),
        WireValues.pop(wire.getAsker(), "an asker"),
        back(wire.getBackList()),
        OutcomeConverter.fromProto(wire.getProblem()));
  }

  private static PeerMessage unknown(PeerEnvelope.Unknown wire) throws WireException {
    return new PeerMessage.Unknown(
        nonce(wire.getNonce()),
        WireValues.pop(wire.getAsker(), "an asker"),
        back(wire.getBackList()));
  }

  private static PeerMessage confirm(PeerEnvelope.Confirm wire) throws WireException {
    return new PeerMessage.Confirm(
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()), digest(wire.getDigest()));
  }

  private static PeerMessage confirmAck(PeerEnvelope.ConfirmAck wire) throws WireException {
    return new PeerMessage.ConfirmAck(EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()));
  }

  private static PeerMessage declined(PeerEnvelope.Declined wire) throws WireException {
    return new PeerMessage.Declined(EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()));
  }

  private static PeerMessage declineAck(PeerEnvelope.DeclineAck wire) throws WireException {
    return new PeerMessage.DeclineAck(EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()));
  }

  private static PeerMessage announce(PeerEnvelope.Announce wire) throws WireException {
    return new PeerMessage.Announce(
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()),
        WireValues.pop(wire.getPop(), "where it is"),
        WireValues.popIfAny(wire.getGranter(), "a granter"),
        wire.getEnded(),
        WireValues.count(wire.getLifetimeLeftMillis(), "the lifetime left"));
  }

  private static PeerMessage announceAck(PeerEnvelope.AnnounceAck wire) throws WireException {
    return new PeerMessage.AnnounceAck(
        EpochConverter.fromProto(wire.hasEpoch(), wire.getEpoch()), wire.getEnded());
  }

  static Nonce nonce(ByteString wire) throws WireException.Malformed {
    return new Nonce(WireValues.bytes(wire, Nonce.LENGTH, "a nonce"));
  }

  private static ImmutableList<PopId> back(List<String> wire) throws WireException.Malformed {
    if (wire.size() > PeerMessage.Acquire.PATH_MAX) {
      throw new WireException.Malformed(
          "a way back names at most " + PeerMessage.Acquire.PATH_MAX + " POPs");
    }
    return WireValues.pops(wire, "a way back");
  }

  private static Bytes digest(ByteString wire) throws WireException.Malformed {
    if (wire.size() > DIGEST_BYTES_MAX) {
      throw new WireException.Malformed("a digest has at most " + DIGEST_BYTES_MAX + " bytes");
    }
    return WireValues.bytes(wire);
  }
}
