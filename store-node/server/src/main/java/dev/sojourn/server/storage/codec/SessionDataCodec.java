package dev.sojourn.server.storage.codec;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.state.Break;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.v1.SessionPayload;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.List;
import java.util.Optional;

/**
 * The payload of a session, at rest and on the wire between POPs. Instants are taken as they are:
 * whoever sends or receives a payload shifts them ({@link SessionData#shifted}).
 *
 * <p>Fields of {@link SessionPayload} itself that this release does not know are kept byte for byte
 * in {@link SessionData#unknown} and written back (rule R24).
 */
public final class SessionDataCodec {
  private SessionDataCodec() {}

  /**
   * @throws IllegalArgumentException if {@code data.unknown()} is not what {@link #decode} left
   *     there
   */
  public static SessionPayload encode(SessionData data) {
    SessionKey key = data.key();
    SessionPayload.Builder payload =
        SessionPayload.newBuilder()
            .setNamespace(key.namespace().name())
            .setBirthPop(key.id().birth().name())
            .setUniqueId(ValueCodec.bytes(key.id().unique()))
            .setVersion(data.version())
            .setGeneration(data.generation())
            .addAllFields(FieldCodec.encode(data.fields()))
            .setLifetime(encode(data.lifetime()))
            .setResidencyCountry(data.residency().code())
            .setLabel(data.label())
            .setFormat(data.format());
    for (Break each : data.breaks()) {
      payload.addBreaks(
          SessionPayload.Break.newBuilder()
              .setEpoch(ValueCodec.epoch(each.epoch()))
              .setVersion(each.version())
              .setExpiresAtMillis(each.expiresAtMillis()));
    }
    data.leftBehind().map(PartCodec::encode).ifPresent(payload::setLeftBehind);
    WindowCodec.encode(data.window(), payload);
    if (!data.unknown().isEmpty()) {
      payload.setUnknownFields(unknownFields(data.unknown()));
    }
    return payload.build();
  }

  /**
   * @throws CodecException.Malformed if something required is missing or out of bounds
   * @throws CodecException.Newer if its record format is above {@link RecordFormat#CURRENT}, or it
   *     holds something unknown where it cannot be kept
   */
  public static SessionData decode(SessionPayload payload) throws CodecException {
    try {
      return decodeUnchecked(payload);
    } catch (IllegalArgumentException e) {
      throw new CodecException.Malformed("a session's payload is not lawful: " + e.getMessage());
    }
  }

  private static SessionData decodeUnchecked(SessionPayload payload) throws CodecException {
    // An int: the format is far below 2^31, and a value beyond is negative and unlawful as well.
    int format = payload.getFormat();
    if (format > RecordFormat.CURRENT) {
      throw new CodecException.Newer(
          "the payload has record format "
              + format
              + ", and this release holds up to "
              + RecordFormat.CURRENT);
    }
    if (format < 1 || !payload.hasLifetime()) {
      throw new CodecException.Malformed("a session's payload lacks its format or its lifetime");
    }
    return new SessionData(
        new SessionKey(
            new Namespace(payload.getNamespace()),
            new SessionId(
                new PopId(payload.getBirthPop()), ValueCodec.bytes(payload.getUniqueId()))),
        payload.getVersion(),
        payload.getGeneration(),
        FieldCodec.decode(payload.getFieldsList()),
        WindowCodec.decode(payload),
        decode(payload.getLifetime()),
        new Country(payload.getResidencyCountry()),
        payload.getLabel(),
        format,
        decode(payload.getBreaksList()),
        payload.hasLeftBehind()
            ? Optional.of(PartCodec.decode(payload.getLeftBehind()))
            : Optional.empty(),
        unknownBytes(payload.getUnknownFields()));
  }

  private static ImmutableList<Break> decode(List<SessionPayload.Break> stored)
      throws CodecException {
    if (stored.size() > SessionData.BREAKS_MAX) {
      throw new CodecException.Malformed(
          "a session has at most " + SessionData.BREAKS_MAX + " breaks");
    }
    ImmutableList.Builder<Break> breaks = ImmutableList.builder();
    for (SessionPayload.Break each : stored) {
      ValueCodec.requireKnown(each);
      breaks.add(
          new Break(
              ValueCodec.epoch(each.getEpoch()), each.getVersion(), each.getExpiresAtMillis()));
    }
    return breaks.build();
  }

  private static SessionPayload.Lifetime encode(Lifetime lifetime) {
    return SessionPayload.Lifetime.newBuilder()
        .setIdleMillis(lifetime.idleMillis())
        .setAbsoluteMillis(lifetime.absoluteMillis())
        .setIdleEndsAtMillis(lifetime.idleEndsAtMillis())
        .setAbsoluteEndsAtMillis(lifetime.absoluteEndsAtMillis())
        .build();
  }

  private static Lifetime decode(SessionPayload.Lifetime stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Lifetime(
        stored.getIdleMillis(),
        stored.getAbsoluteMillis(),
        stored.getIdleEndsAtMillis(),
        stored.getAbsoluteEndsAtMillis());
  }

  private static UnknownFieldSet unknownFields(Bytes unknown) {
    try {
      return UnknownFieldSet.parseFrom(unknown.unsafeArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("what is kept of a newer release is damaged", e);
    }
  }

  private static Bytes unknownBytes(UnknownFieldSet unknown) {
    return unknown.asMap().isEmpty() ? Bytes.EMPTY : Bytes.wrap(unknown.toByteArray());
  }
}
