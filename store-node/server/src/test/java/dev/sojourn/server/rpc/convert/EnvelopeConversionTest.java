package dev.sojourn.server.rpc.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeConversionTest {
  private static final PopId TO = new PopId("fra");

  @Test
  void shouldBringEveryKindOfMessageBackUnchanged() throws Exception {
    long seed = new Random().nextLong();
    RandomMessages messages = new RandomMessages(seed);
    Set<PeerEnvelope.MessageCase> kinds = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      PeerMessage message = messages.message(i);
      KeyHash key = messages.values().key();
      PeerEnvelope read =
          PeerEnvelope.parseFrom(
              EnvelopeEncoder.encode(TO, key, message).setSeq(i + 1).build().toByteArray());
      kinds.add(read.getMessageCase());
      assertThat(EnvelopeDecoder.key(read)).as("seed %d", seed).isEqualTo(key);
      assertThat(EnvelopeDecoder.decode(read)).as("seed %d, %d", seed, i).isEqualTo(message);
    }
    // All but announces_done, the two about policies, and the absent one.
    assertThat(kinds).hasSize(PeerEnvelope.MessageCase.values().length - 4);
  }

  @Test
  void shouldAnswerDamagedEnvelopesWithATypedErrorOrAMessageAndNothingElse() {
    long seed = new Random().nextLong();
    RandomMessages messages = new RandomMessages(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] wire =
          EnvelopeEncoder.encode(TO, messages.values().key(), messages.message(i))
              .build()
              .toByteArray();
      for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
        wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
      }
      try {
        PeerEnvelope read = PeerEnvelope.parseFrom(wire);
        EnvelopeDecoder.key(read);
        assertThat(EnvelopeDecoder.decode(read)).as("seed %d, %d", seed, i).isNotNull();
      } catch (InvalidProtocolBufferException | WireException typed) {
        // What a stream is closed for, or what is ignored: either is fine, and nothing else is.
        assertThat(typed).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void shouldTellAKindOfANewerReleaseFromAMalformedMessage() {
    PeerEnvelope newer =
        PeerEnvelope.newBuilder()
            .setSeq(1)
            .setKeyHash(ByteString.copyFrom(new byte[16]))
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        18,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.EMPTY)
                            .build())
                    .build())
            .build();
    assertThatThrownBy(() -> EnvelopeDecoder.decode(newer))
        .isInstanceOf(WireException.UnknownKind.class);
  }

  @Test
  void shouldTakeAPurposeAndAnOperationOfANewerReleaseForUnknown() {
    PeerEnvelope.Builder acquire = acquireToServe();
    acquire.getAcquireBuilder().setPurposeValue(99);
    assertThatThrownBy(() -> EnvelopeDecoder.decode(acquire.build()))
        .isInstanceOf(WireException.UnknownKind.class);

    PeerEnvelope.Builder operation = acquireToServe();
    operation.getAcquireBuilder().getCallBuilder().addOperations(Operation.getDefaultInstance());
    assertThatThrownBy(() -> EnvelopeDecoder.decode(operation.build()))
        .isInstanceOf(WireException.UnknownKind.class);
  }

  @Test
  void shouldRefuseAServeWithoutItsRequest() {
    PeerEnvelope.Builder acquire = acquireToServe();
    acquire.getAcquireBuilder().clearCall();
    assertMalformed(acquire);
  }

  @Test
  void shouldRefuseAPathThatIsTooLong() {
    PeerEnvelope.Builder acquire = acquireToServe();
    acquire.getAcquireBuilder().clearPath();
    for (String pop : new String[] {"a", "b", "c", "d"}) {
      acquire.getAcquireBuilder().addPath(pop);
    }
    assertMalformed(acquire);
  }

  @Test
  void shouldRefuseNoncesKeysAndNumbersOutOfTheirBounds() {
    PeerEnvelope.Builder nonce = acquireToServe();
    nonce.getAcquireBuilder().setNonce(ByteString.copyFrom(new byte[15]));
    assertMalformed(nonce);

    PeerEnvelope.Builder epoch = acquireToServe();
    epoch.getAcquireBuilder().getKnownEpochBuilder().setNumber(0);
    assertMalformed(epoch);

    PeerEnvelope.Builder time = acquireToServe();
    time.getAcquireBuilder().setTimeLeftMillis(-1);
    assertMalformed(time);

    PeerEnvelope.Builder key = acquireToServe();
    key.setKeyHash(ByteString.copyFrom(new byte[17]));
    assertThatThrownBy(() -> EnvelopeDecoder.key(key.build()))
        .isInstanceOf(WireException.Malformed.class);
  }

  @Test
  void shouldRefuseADestroyThatIsNotLast() {
    PeerEnvelope.Builder acquire = acquireToServe();
    acquire
        .getAcquireBuilder()
        .getCallBuilder()
        .clearOperations()
        .addOperations(Operation.newBuilder().setDestroy(Operation.Destroy.getDefaultInstance()))
        .addOperations(Operation.newBuilder().setTouch(Operation.Touch.getDefaultInstance()));
    assertMalformed(acquire);
  }

  @Test
  void shouldCarryTheStoreOfAnnouncesDone() throws Exception {
    Bytes store = Bytes.wrap(new byte[16]);
    assertThat(EnvelopeDecoder.storeId(EnvelopeEncoder.announcesDone(store).getAnnouncesDone()))
        .isEqualTo(store);
    assertThatThrownBy(
            () ->
                EnvelopeDecoder.storeId(
                    EnvelopeEncoder.announcesDone(Bytes.EMPTY).getAnnouncesDone()))
        .isInstanceOf(WireException.Malformed.class);
  }

  private static void assertMalformed(PeerEnvelope.Builder envelope) {
    assertThatThrownBy(() -> EnvelopeDecoder.decode(envelope.build()))
        .isInstanceOf(WireException.Malformed.class);
  }

  private static PeerEnvelope.Builder acquireToServe() {
    RandomMessages messages = new RandomMessages(7);
    while (true) {
      PeerMessage message = messages.message(0);
      if (((PeerMessage.Acquire) message).purpose() == PeerMessage.Purpose.SERVE) {
        return EnvelopeEncoder.encode(TO, messages.values().key(), message);
      }
    }
  }
}
