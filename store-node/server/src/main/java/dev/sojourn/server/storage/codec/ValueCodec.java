package dev.sojourn.server.storage.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import dev.sojourn.v1.StoredEpoch;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * The small values that every message is made of. Out-of-bounds values surface as {@link
 * IllegalArgumentException}, which the public codecs turn into {@link CodecException.Malformed}.
 */
final class ValueCodec {
  private ValueCodec() {}

  /** Shares the array: both sides treat it as immutable, and payloads are not copied twice. */
  static ByteString bytes(Bytes value) {
    return UnsafeByteOperations.unsafeWrap(value.unsafeArray());
  }

  static Bytes bytes(ByteString value) {
    return Bytes.wrap(value.toByteArray());
  }

  static StoredEpoch epoch(Epoch epoch) {
    return StoredEpoch.newBuilder()
        .setNumber(epoch.number())
        .setIssuerPop(epoch.issuer().name())
        .build();
  }

  static Epoch epoch(StoredEpoch stored) throws CodecException {
    requireKnown(stored);
    return new Epoch(stored.getNumber(), new PopId(stored.getIssuerPop()));
  }

  static String popIfAny(Optional<PopId> pop) {
    return pop.map(PopId::name).orElse("");
  }

  static Optional<PopId> popIfAny(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(new PopId(name));
  }

  /**
   * Refuses a message with parts that this release does not know, where the core has no place to
   * keep them: writing it back would drop them (rule R24).
   */
  static void requireKnown(Message message) throws CodecException.Newer {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw new CodecException.Newer(
          "`"
              + message.getDescriptorForType().getName()
              + "` holds a part that only a newer release knows: run that release, or a later one");
    }
  }
}
