package dev.sojourn.server.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.v1.SessionPayload;
import dev.sojourn.v1.StoredRecord;
import dev.sojourn.value.Bytes;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  /** A field, a group of repeated ones and a nested message that no release knows yet. */
  private static final UnknownFieldSet OF_A_NEWER_RELEASE =
      UnknownFieldSet.newBuilder()
          .addField(
              77,
              UnknownFieldSet.Field.newBuilder()
                  .addVarint(42)
                  .addVarint(43)
                  .addLengthDelimited(ByteString.copyFromUtf8("subject"))
                  .build())
          .addField(900, UnknownFieldSet.Field.newBuilder().addFixed64(7).build())
          .build();

  private final RandomRecords random = new RandomRecords(7);

  @Test
  void shouldReadBackEveryRecordAsItWasWritten() throws Exception {
    for (long seed = 0; seed < 2_000; seed++) {
      SessionRecord record = new RandomRecords(seed).record(seed + 1);

      byte[] stored = RecordCodec.encode(record).toByteArray();

      assertThat(RecordCodec.decode(StoredRecord.parseFrom(stored), seed + 1))
          .as("seed %d", seed)
          .isEqualTo(record);
    }
  }

  @Test
  void shouldKeepWhatANewerReleaseWroteThroughARewriteByThisOne() throws Exception {
    SessionPayload written =
        SessionDataCodec.encode(random.sessionData()).toBuilder()
            .setUnknownFields(OF_A_NEWER_RELEASE)
            .build();

    SessionData read = SessionDataCodec.decode(SessionPayload.parseFrom(written.toByteArray()));
    SessionData changed = read.withGeneration(read.generation() + 1);
    SessionPayload rewritten =
        SessionPayload.parseFrom(SessionDataCodec.encode(changed).toByteArray());

    assertThat(read.unknown()).isEqualTo(Bytes.wrap(OF_A_NEWER_RELEASE.toByteArray()));
    assertThat(rewritten.getUnknownFields()).isEqualTo(OF_A_NEWER_RELEASE);
    assertThat(rewritten.getGeneration()).isEqualTo(read.generation() + 1);
  }

  @Test
  void shouldWriteTheBytesOfANewerReleaseUnchangedWhenNothingWasChanged() throws Exception {
    byte[] written =
        SessionDataCodec.encode(random.sessionData()).toBuilder()
            .setUnknownFields(OF_A_NEWER_RELEASE)
            .build()
            .toByteArray();

    SessionData read = SessionDataCodec.decode(SessionPayload.parseFrom(written));

    assertThat(SessionDataCodec.encode(read).toByteArray()).isEqualTo(written);
  }

  @Test
  void shouldRefuseAPayloadOfANewerRecordFormat() {
    SessionPayload newer =
        SessionDataCodec.encode(random.sessionData()).toBuilder()
            .setFormat(RecordFormat.CURRENT + 1)
            .build();

    assertThatThrownBy(() -> SessionDataCodec.decode(newer))
        .isInstanceOf(CodecException.Newer.class);
  }

  @Test
  void shouldRefuseWhatItCouldNotWriteBackOutsideThePayload() {
    StoredRecord newerState =
        StoredRecord.newBuilder().setUnknownFields(OF_A_NEWER_RELEASE).build();
    SessionPayload payload = SessionDataCodec.encode(random.sessionData());
    SessionPayload newerLifetime =
        payload.toBuilder()
            .setLifetime(payload.getLifetime().toBuilder().setUnknownFields(OF_A_NEWER_RELEASE))
            .build();

    assertThatThrownBy(() -> RecordCodec.decode(newerState, 1))
        .isInstanceOf(CodecException.Newer.class);
    assertThatThrownBy(() -> SessionDataCodec.decode(newerLifetime))
        .isInstanceOf(CodecException.Newer.class);
  }

  @Test
  void shouldRefuseWhatNobodyCanHaveWritten() {
    SessionPayload lawful = SessionDataCodec.encode(random.sessionData());

    assertMalformed(lawful.toBuilder().setBirthPop("Not A Pop").build());
    assertMalformed(lawful.toBuilder().setUniqueId(ByteString.copyFromUtf8("short")).build());
    assertMalformed(lawful.toBuilder().clearFormat().build());
    assertMalformed(lawful.toBuilder().clearLifetime().build());
    SessionPayload.StoredField twice = SessionPayload.StoredField.newBuilder().setName("x").build();
    assertMalformed(lawful.toBuilder().addFields(twice).addFields(twice).build());
    assertThatThrownBy(
            () ->
                RecordCodec.decode(
                    StoredRecord.newBuilder()
                        .setTombstone(StoredRecord.Tombstone.getDefaultInstance())
                        .build(),
                    1))
        .isInstanceOf(CodecException.Malformed.class);
  }

  @Test
  void shouldAnswerAnyBytesWithARecordOrATypedError() throws Exception {
    for (long seed = 0; seed < 5_000; seed++) {
      RandomRecords drawn = new RandomRecords(seed);
      byte[] bytes = RecordCodec.encode(drawn.record(1)).toByteArray();
      Bytes noise = drawn.bytes(2);
      if (bytes.length > 0) {
        bytes[Byte.toUnsignedInt(noise.at(0)) % bytes.length] = noise.at(1);
      }
      try {
        RecordCodec.decode(StoredRecord.parseFrom(bytes), 1);
      } catch (InvalidProtocolBufferException | CodecException expected) {
        assertThat(expected).as("seed %d", seed).isNotNull();
      }
    }
  }

  @Test
  void shouldStoreAnAbsentStateWithoutAState() {
    assertThat(RecordCodec.encode(SessionRecord.NONE.withState(SessionState.ABSENT)))
        .isEqualTo(StoredRecord.getDefaultInstance());
  }

  private static void assertMalformed(SessionPayload payload) {
    assertThatThrownBy(() -> SessionDataCodec.decode(payload))
        .isInstanceOf(CodecException.Malformed.class);
  }
}
