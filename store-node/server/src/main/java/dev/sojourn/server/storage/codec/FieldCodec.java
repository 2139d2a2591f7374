package dev.sojourn.server.storage.codec;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.v1.SessionPayload.StoredField;
import java.util.ArrayList;
import java.util.List;

/** Named fields, in the order of their names. */
public final class FieldCodec {
  private FieldCodec() {}

  public static List<StoredField> encode(ImmutableSortedMap<String, Field> fields) {
    List<StoredField> stored = new ArrayList<>(fields.size());
    for (var entry : fields.entrySet()) {
      Field field = entry.getValue();
      stored.add(
          StoredField.newBuilder()
              .setName(entry.getKey())
              .setValue(ValueCodec.bytes(field.value()))
              .setContentType(field.contentType())
              .setDataClass(field.dataClass())
              .build());
    }
    return stored;
  }

  public static ImmutableSortedMap<String, Field> decode(List<StoredField> stored)
      throws CodecException {
    ImmutableSortedMap.Builder<String, Field> fields = ImmutableSortedMap.naturalOrder();
    for (StoredField each : stored) {
      ValueCodec.requireKnown(each);
      fields.put(
          each.getName(),
          new Field(ValueCodec.bytes(each.getValue()), each.getContentType(), each.getDataClass()));
    }
    // A name that occurs twice is an IllegalArgumentException here.
    return fields.buildOrThrow();
  }
}
