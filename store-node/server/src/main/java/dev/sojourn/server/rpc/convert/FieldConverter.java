package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.request.Field;

/** One named field. Its bounds here keep what the limits of a namespace do not count small. */
final class FieldConverter {
  static final int CONTENT_TYPE_CHARACTERS_MAX = 128;
  static final int DATA_CLASS_CHARACTERS_MAX = 32;

  private FieldConverter() {}

  static dev.sojourn.v1.Field toProto(String name, Field field) {
    return dev.sojourn.v1.Field.newBuilder()
        .setName(name)
        .setValue(WireValues.toProto(field.value()))
        .setContentType(field.contentType())
        .setDataClass(field.dataClass())
        .build();
  }

  static Field fromProto(dev.sojourn.v1.Field field) throws WireException.Malformed {
    if (field.getContentType().length() > CONTENT_TYPE_CHARACTERS_MAX) {
      throw new WireException.Malformed(
          "a content type has at most " + CONTENT_TYPE_CHARACTERS_MAX + " characters");
    }
    if (field.getDataClass().length() > DATA_CLASS_CHARACTERS_MAX) {
      throw new WireException.Malformed(
          "a data class has at most " + DATA_CLASS_CHARACTERS_MAX + " characters");
    }
    return new Field(
        WireValues.bytes(field.getValue()),
        field.getContentType(),
        field.getDataClass().isEmpty() ? Field.DEFAULT_CLASS : field.getDataClass());
  }

  static String name(String name) throws WireException.Malformed {
    if (name.isEmpty()) {
      throw new WireException.Malformed("a field must have a name");
    }
    return name;
  }
}
