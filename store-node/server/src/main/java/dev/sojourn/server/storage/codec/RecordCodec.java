package dev.sojourn.server.storage.codec;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.v1.StoredRecord;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * A whole record without its revision, which the store keeps itself because it guards every write.
 */
public final class RecordCodec {
  private RecordCodec() {}

  public static StoredRecord encode(SessionRecord record) {
    StoredRecord.Builder stored = StoredRecord.newBuilder();
    StateCodec.encode(record.state(), stored);
    stored.setHomePop(ValueCodec.popIfAny(record.home()));
    for (Owed owed : record.owes()) {
      stored.addOwes(
          StoredRecord.Owed.newBuilder()
              .setGranterPop(owed.granter().name())
              .setEpoch(ValueCodec.epoch(owed.epoch()))
              .setDigest(ValueCodec.bytes(owed.digest())));
    }
    record.announced().ifPresent(epoch -> stored.setAnnounced(ValueCodec.epoch(epoch)));
    record.directory().ifPresent(entry -> stored.setDirectory(encode(entry)));
    record.custody().map(PartCodec::encode).ifPresent(stored::setCustody);
    record.drops().forEach(drop -> stored.addDrops(PartCodec.encode(drop)));
    return stored.build();
  }

  /**
   * @param revision from the store's own head of the record
   * @throws CodecException.Malformed if something required is missing or out of bounds
   * @throws CodecException.Newer if a newer release wrote it with a part that would be lost here
   */
  public static SessionRecord decode(StoredRecord stored, long revision) throws CodecException {
    try {
      return decodeUnchecked(stored, revision);
    } catch (IllegalArgumentException e) {
      throw new CodecException.Malformed("a record is not lawful: " + e.getMessage());
    }
  }

  private static SessionRecord decodeUnchecked(StoredRecord stored, long revision)
      throws CodecException {
    ValueCodec.requireKnown(stored);
    ImmutableList.Builder<Owed> owes = ImmutableList.builderWithExpectedSize(stored.getOwesCount());
    for (StoredRecord.Owed owed : stored.getOwesList()) {
      ValueCodec.requireKnown(owed);
      owes.add(
          new Owed(
              new PopId(owed.getGranterPop()),
              ValueCodec.epoch(owed.getEpoch()),
              ValueCodec.bytes(owed.getDigest())));
    }
    ImmutableList.Builder<Drop> drops = ImmutableList.builder();
    for (StoredRecord.Drop drop : stored.getDropsList()) {
      drops.add(PartCodec.decode(drop));
    }
    Optional<Epoch> announced =
        stored.hasAnnounced()
            ? Optional.of(ValueCodec.epoch(stored.getAnnounced()))
            : Optional.empty();
    Optional<DirectoryEntry> directory =
        stored.hasDirectory() ? Optional.of(decode(stored.getDirectory())) : Optional.empty();
    return new SessionRecord(
        revision,
        StateCodec.decode(stored),
        ValueCodec.popIfAny(stored.getHomePop()),
        owes.build(),
        announced,
        directory,
        stored.hasCustody() ? Optional.of(PartCodec.decode(stored.getCustody())) : Optional.empty(),
        drops.build());
  }

  private static StoredRecord.DirectoryEntry encode(DirectoryEntry entry) {
    return StoredRecord.DirectoryEntry.newBuilder()
        .setEpoch(ValueCodec.epoch(entry.epoch()))
        .setPop(entry.pop().name())
        .setGranterPop(ValueCodec.popIfAny(entry.granter()))
        .setEnded(entry.ended())
        .setExpiresAtMillis(entry.expiresAtMillis())
        .build();
  }

  private static DirectoryEntry decode(StoredRecord.DirectoryEntry stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    return new DirectoryEntry(
        ValueCodec.epoch(stored.getEpoch()),
        new PopId(stored.getPop()),
        ValueCodec.popIfAny(stored.getGranterPop()),
        stored.getEnded(),
        stored.getExpiresAtMillis());
  }
}
