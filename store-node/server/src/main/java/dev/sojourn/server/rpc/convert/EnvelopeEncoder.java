package dev.sojourn.server.rpc.convert;

import com.google.protobuf.ByteString;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.server.storage.codec.FieldCodec;
import dev.sojourn.server.storage.codec.PartCodec;
import dev.sojourn.server.storage.codec.SessionDataCodec;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;

/** A message of the core as another POP reads it. The sequence number is the stream's to give. */
public final class EnvelopeEncoder implements PeerMessage.Handler {
  private final PeerEnvelope.Builder envelope = PeerEnvelope.newBuilder();

  private EnvelopeEncoder() {}

  /** Takes every lawful message; {@code to} is the POP that it is for. */
  public static PeerEnvelope.Builder encode(PopId to, KeyHash key, PeerMessage message) {
    EnvelopeEncoder encoder = new EnvelopeEncoder();
    encoder.envelope.setKeyHash(WireValues.toProto(key.value()));
    message.dispatchTo(encoder, to);
    return encoder.envelope;
  }

  public static PeerEnvelope.Builder announcesDone(Bytes storeId) {
    return PeerEnvelope.newBuilder()
        .setAnnouncesDone(
            PeerEnvelope.AnnouncesDone.newBuilder().setStoreId(WireValues.toProto(storeId)));
  }

  @Override
  public void onAcquire(PopId to, PeerMessage.Acquire message) {
    PeerEnvelope.Acquire.Builder wire =
        envelope
            .getAcquireBuilder()
            .setPurpose(PurposeConverter.toProto(message.purpose()))
            .setRole(PurposeConverter.toProto(message.role()))
            .setAsker(message.asker().name())
            .setNonce(nonce(message.nonce()))
            .addAllPath(WireValues.toProto(message.path()))
            .setKnownEpoch(EpochConverter.toProto(message.knownEpoch()))
            .setAllegedGranter(WireValues.toProto(message.allegedGranter()))
            .setMayTake(message.mayTake())
            .setRecordFormat(message.recordFormat())
            .setTimeLeftMillis(Math.max(0, message.timeLeftMillis()));
    message.call().map(EnvelopeEncoder::call).ifPresent(wire::setCall);
  }

  private static PeerEnvelope.Call call(PeerMessage.Call call) {
    PeerEnvelope.Call.Builder wire =
        PeerEnvelope.Call.newBuilder()
            .setRequestId(WireValues.toProto(call.id().value()))
            .setNamespace(call.namespace().name())
            .setHint(HintConverter.toProto(call.hint()))
            .setDigest(WireValues.toProto(call.digest()))
            .setResidencyCountry(call.residency().code());
    call.operations().forEach(each -> wire.addOperations(OperationConverter.toProto(each)));
    return wire.build();
  }

  @Override
  public void onOffer(PopId to, PeerMessage.Offer message) {
    envelope.getOfferBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onCreate(PopId to, PeerMessage.Create message) {
    SessionRequest request = message.request();
    PeerEnvelope.CreateElsewhere.Builder wire =
        envelope
            .getCreateElsewhereBuilder()
            .setNonce(nonce(message.nonce()))
            .setNamespace(request.key().namespace().name())
            .setBirthPop(request.key().id().birth().name())
            .setUnique(WireValues.toProto(request.key().id().unique()))
            .setRequestId(WireValues.toProto(request.id().value()))
            .setCreate(
                Create.newBuilder()
                    .setResidencyCountry(request.creation().residency().code())
                    .setIdleLifetimeMillis(request.creation().idleMillis())
                    .setAbsoluteLifetimeMillis(request.creation().absoluteMillis())
                    .setLabel(request.creation().label()))
            .setStoreId(WireValues.toProto(request.creation().store()))
            .setTimeLeftMillis(Math.max(0, message.timeLeftMillis()));
    request.operations().forEach(each -> wire.addOperations(OperationConverter.toProto(each)));
  }

  @Override
  public void onGranted(PopId to, PeerMessage.Granted message) {
    PeerEnvelope.Granted.Builder wire =
        envelope
            .getGrantedBuilder()
            .setNonce(nonce(message.nonce()))
            .setEpoch(EpochConverter.toProto(message.epoch()))
            .setData(SessionDataCodec.encode(message.data()))
            .setDigest(WireValues.toProto(message.digest()))
            .setWithheld(message.withheld());
    message.answered().map(OutcomeConverter::toProto).ifPresent(wire::setAnswered);
  }

  @Override
  public void onExecuted(PopId to, PeerMessage.Executed message) {
    envelope
        .getExecutedBuilder()
        .setNonce(nonce(message.nonce()))
        .setAsker(message.asker().name())
        .addAllBack(WireValues.toProto(message.back()))
        .setOwner(message.owner().name())
        .setGranter(WireValues.toProto(message.granter()))
        .setEpoch(EpochConverter.toProto(message.epoch()))
        .setSuccess(OutcomeConverter.toProto(message.success()));
  }

  @Override
  public void onPassedTo(PopId to, PeerMessage.PassedTo message) {
    envelope
        .getPassedToBuilder()
        .setNonce(nonce(message.nonce()))
        .setTo(message.to().name())
        .setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onMoved(PopId to, PeerMessage.Moved message) {
    envelope
        .getMovedBuilder()
        .setNonce(nonce(message.nonce()))
        .setAsker(message.asker().name())
        .addAllBack(WireValues.toProto(message.back()))
        .setTo(message.to().name())
        .setEpoch(EpochConverter.toProto(message.epoch()))
        .setGranter(WireValues.toProto(message.granter()));
  }

  @Override
  public void onRefused(PopId to, PeerMessage.Refused message) {
    envelope
        .getRefusedBuilder()
        .setNonce(nonce(message.nonce()))
        .setAsker(message.asker().name())
        .addAllBack(WireValues.toProto(message.back()))
        .setProblem(OutcomeConverter.toProto(message.problem()));
  }

  @Override
  public void onUnknown(PopId to, PeerMessage.Unknown message) {
    envelope
        .getUnknownBuilder()
        .setNonce(nonce(message.nonce()))
        .setAsker(message.asker().name())
        .addAllBack(WireValues.toProto(message.back()));
  }

  @Override
  public void onStay(PopId to, PeerMessage.Stay message) {
    envelope.getStayBuilder().setNonce(nonce(message.nonce()));
  }

  @Override
  public void onConfirm(PopId to, PeerMessage.Confirm message) {
    envelope
        .getConfirmBuilder()
        .setEpoch(EpochConverter.toProto(message.epoch()))
        .setDigest(WireValues.toProto(message.digest()));
  }

  @Override
  public void onConfirmAck(PopId to, PeerMessage.ConfirmAck message) {
    envelope.getConfirmAckBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onDeclined(PopId to, PeerMessage.Declined message) {
    envelope.getDeclinedBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onDeclineAck(PopId to, PeerMessage.DeclineAck message) {
    envelope.getDeclineAckBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onAnnounce(PopId to, PeerMessage.Announce message) {
    envelope
        .getAnnounceBuilder()
        .setEpoch(EpochConverter.toProto(message.epoch()))
        .setPop(message.pop().name())
        .setGranter(WireValues.toProto(message.granter()))
        .setEnded(message.ended())
        .setLifetimeLeftMillis(Math.max(0, message.lifetimeLeftMillis()));
  }

  @Override
  public void onAnnounceAck(PopId to, PeerMessage.AnnounceAck message) {
    envelope
        .getAnnounceAckBuilder()
        .setEpoch(EpochConverter.toProto(message.epoch()))
        .setEnded(message.ended());
  }

  @Override
  public void onReadPart(PopId to, PeerMessage.ReadPart message) {
    envelope
        .getReadPartBuilder()
        .setNonce(nonce(message.nonce()))
        .setStamp(PartCodec.encode(message.stamp()))
        .addAllMarks(message.marks());
  }

  @Override
  public void onPartRead(PopId to, PeerMessage.PartRead message) {
    envelope
        .getPartReadBuilder()
        .setNonce(nonce(message.nonce()))
        .addAllFields(FieldCodec.encode(message.fields()))
        .setRedacted(message.redacted());
  }

  @Override
  public void onWritePart(PopId to, PeerMessage.WritePart message) {
    envelope
        .getWritePartBuilder()
        .setNonce(nonce(message.nonce()))
        .setBase(PartCodec.encode(message.base()))
        .setStamp(PartCodec.encode(message.stamp()))
        .addAllFields(FieldCodec.encode(message.fields()))
        .addAllRemoved(message.removed());
  }

  @Override
  public void onPartWritten(PopId to, PeerMessage.PartWritten message) {
    envelope.getPartWrittenBuilder().setNonce(nonce(message.nonce()));
  }

  @Override
  public void onPartRefused(PopId to, PeerMessage.PartRefused message) {
    envelope
        .getPartRefusedBuilder()
        .setNonce(nonce(message.nonce()))
        .setProblem(OutcomeConverter.toProto(message.problem()));
  }

  @Override
  public void onPartSwung(PopId to, PeerMessage.PartSwung message) {
    envelope.getPartSwungBuilder().setStamp(PartCodec.encode(message.stamp()));
  }

  @Override
  public void onDropPart(PopId to, PeerMessage.DropPart message) {
    envelope.getDropPartBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  @Override
  public void onPartDropped(PopId to, PeerMessage.PartDropped message) {
    envelope.getPartDroppedBuilder().setEpoch(EpochConverter.toProto(message.epoch()));
  }

  private static ByteString nonce(Nonce nonce) {
    return WireValues.toProto(nonce.value());
  }
}
