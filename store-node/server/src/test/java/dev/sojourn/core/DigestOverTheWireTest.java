package dev.sojourn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.rpc.convert.EnvelopeDecoder;
import dev.sojourn.server.rpc.convert.EnvelopeEncoder;
import dev.sojourn.server.storage.RandomRecords;
import dev.sojourn.server.storage.codec.RecordCodec;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.StoredRecord;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Confirms name a payload by its digest, computed by two POPs on either side of wire and disk: what
 * it covers must come through both unchanged, whatever their clocks say.
 */
class DigestOverTheWireTest {
  private static final int DRAWN = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_261_124})
  void shouldSurviveTheWayToAnotherPop(long seed) throws Exception {
    RandomRecords draw = new RandomRecords(seed);
    for (int i = 0; i < DRAWN; i++) {
      SessionData data = draw.sessionData();
      PeerMessage.Granted granted =
          new PeerMessage.Granted(
              new Nonce(draw.bytes(Nonce.LENGTH)),
              new Epoch(2, new PopId("bos")),
              data.shifted(-1_000_003),
              Digests.ofPayload(data),
              Optional.empty());
      byte[] sent =
          EnvelopeEncoder.encode(new PopId("fra"), draw.key(), granted)
              .setSeq(1)
              .build()
              .toByteArray();

      PeerMessage.Granted received =
          (PeerMessage.Granted) EnvelopeDecoder.decode(PeerEnvelope.parseFrom(sent));

      assertThat(Digests.ofPayload(received.data().shifted(7_777_777)))
          .as("payload %d of seed %d", i, seed)
          .isEqualTo(Digests.ofPayload(data));
      assertThat(received.digest()).isEqualTo(granted.digest());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6, 20_261_125})
  void shouldSurviveTheDisk(long seed) throws Exception {
    RandomRecords draw = new RandomRecords(seed);
    for (int i = 0; i < DRAWN; i++) {
      SessionRecord record = draw.owned(1);
      byte[] stored = RecordCodec.encode(record).toByteArray();

      SessionRecord found = RecordCodec.decode(StoredRecord.parseFrom(stored), 1);

      assertThat(found.state().payload().map(Digests::ofPayload))
          .as("record %d of seed %d", i, seed)
          .isEqualTo(record.state().payload().map(Digests::ofPayload));
    }
  }
}
