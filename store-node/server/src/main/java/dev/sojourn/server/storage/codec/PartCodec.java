package dev.sojourn.server.storage.codec;

import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.Custody.Kept;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.v1.SessionPayload;
import dev.sojourn.v1.StoredRecord;
import dev.sojourn.v1.StoredStamp;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.List;
import java.util.Optional;

/** What there is of a split session: the pointer with its owner, the custody with its custodian. */
public final class PartCodec {
  private PartCodec() {}

  static SessionPayload.LeftBehind encode(LeftBehind part) {
    return SessionPayload.LeftBehind.newBuilder()
        .setCustodianPop(part.custodian().name())
        .setStamp(encode(part.stamp()))
        .addAllClasses(part.classes())
        .addAllMarks(part.marks())
        .setBytes(part.bytes())
        .build();
  }

  static LeftBehind decode(SessionPayload.LeftBehind stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new LeftBehind(
        new PopId(stored.getCustodianPop()),
        decode(stored.getStamp()),
        ImmutableSortedSet.copyOf(stored.getClassesList()),
        marks(stored.getMarksList()),
        stored.getBytes());
  }

  static StoredRecord.Custody encode(Custody custody) {
    StoredRecord.Custody.Builder stored =
        StoredRecord.Custody.newBuilder()
            .setNamespace(custody.key().namespace().name())
            .setBirthPop(custody.key().id().birth().name())
            .setUniqueId(ValueCodec.bytes(custody.key().id().unique()))
            .setResidencyCountry(custody.residency().code())
            .setEpoch(ValueCodec.epoch(custody.epoch()))
            .setExpiresAtMillis(custody.expiresAtMillis());
    custody.current().ifPresent(current -> stored.setCurrent(encode(current)));
    custody.beside().ifPresent(beside -> stored.setBeside(encode(beside)));
    return stored.build();
  }

  static Custody decode(StoredRecord.Custody stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Custody(
        new SessionKey(
            new Namespace(stored.getNamespace()),
            new SessionId(new PopId(stored.getBirthPop()), ValueCodec.bytes(stored.getUniqueId()))),
        new Country(stored.getResidencyCountry()),
        ValueCodec.epoch(stored.getEpoch()),
        stored.hasCurrent() ? Optional.of(decode(stored.getCurrent())) : Optional.empty(),
        stored.hasBeside() ? Optional.of(decode(stored.getBeside())) : Optional.empty(),
        stored.getExpiresAtMillis());
  }

  private static StoredRecord.Kept encode(Kept kept) {
    return StoredRecord.Kept.newBuilder()
        .setStamp(encode(kept.stamp()))
        .addAllFields(FieldCodec.encode(kept.fields()))
        .build();
  }

  private static Kept decode(StoredRecord.Kept stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Kept(decode(stored.getStamp()), FieldCodec.decode(stored.getFieldsList()));
  }

  static StoredRecord.Drop encode(Drop drop) {
    return StoredRecord.Drop.newBuilder()
        .setCustodianPop(drop.custodian().name())
        .setEpoch(ValueCodec.epoch(drop.epoch()))
        .build();
  }

  static Drop decode(StoredRecord.Drop stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Drop(new PopId(stored.getCustodianPop()), ValueCodec.epoch(stored.getEpoch()));
  }

  /** At rest and on the wire alike. */
  public static StoredStamp encode(Stamp stamp) {
    return StoredStamp.newBuilder()
        .setEpoch(ValueCodec.epoch(stamp.epoch()))
        .setLife(stamp.life())
        .setCount(stamp.count())
        .build();
  }

  /**
   * @throws CodecException if it names no lawful epoch
   */
  public static Stamp decode(StoredStamp stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new Stamp(ValueCodec.epoch(stored.getEpoch()), stored.getLife(), stored.getCount());
  }

  /** In whatever order they come. */
  public static ImmutableSortedSet<Long> marks(List<Long> stored) {
    return ImmutableSortedSet.copyOf(stored);
  }
}
