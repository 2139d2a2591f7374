package dev.sojourn.client;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A named value of a session: bytes, what they are, and what the residency policy calls data of
 * this kind. Immutable, with value equality.
 */
public final class Field {
  /** The data class of fields that name none. */
  public static final String DEFAULT_CLASS = "default";

  private final dev.sojourn.v1.Field wire;

  private Field(dev.sojourn.v1.Field wire) {
    this.wire = wire;
  }

  /** A field of the default class and no stated content type. Copies {@code value}. */
  public static Field of(String name, byte[] value) {
    return new Field(
        dev.sojourn.v1.Field.newBuilder()
            .setName(name)
            .setValue(ByteString.copyFrom(value))
            .build());
  }

  /** Text, stored as UTF-8. */
  public static Field ofText(String name, String text) {
    return of(name, text.getBytes(StandardCharsets.UTF_8)).contentType("text/plain; charset=utf-8");
  }

  /** The same field with another content type, such as {@code application/json}. */
  public Field contentType(String contentType) {
    return new Field(wire.toBuilder().setContentType(contentType).build());
  }

  /** The same field in another data class, such as {@code payment}. */
  public Field dataClass(String dataClass) {
    return new Field(wire.toBuilder().setDataClass(dataClass).build());
  }

  public String name() {
    return wire.getName();
  }

  /** A copy of the value. */
  public byte[] bytes() {
    return wire.getValue().toByteArray();
  }

  /** The value read as UTF-8. */
  public String text() {
    return wire.getValue().toStringUtf8();
  }

  /** The value read as a number, the way an increment reads it; empty if it is none. */
  public OptionalLong number() {
    try {
      return OptionalLong.of(Long.parseLong(wire.getValue().toStringUtf8()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** In bytes. */
  public int size() {
    return wire.getValue().size();
  }

  /** Empty where none was stated. */
  public String contentType() {
    return wire.getContentType();
  }

  public String dataClass() {
    return wire.getDataClass().isEmpty() ? DEFAULT_CLASS : wire.getDataClass();
  }

  static Field read(dev.sojourn.v1.Field wire) {
    return new Field(wire);
  }

  dev.sojourn.v1.Field wire() {
    return wire;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Field that
        && name().equals(that.name())
        && wire.getValue().equals(that.wire.getValue())
        && contentType().equals(that.contentType())
        && dataClass().equals(that.dataClass());
  }

  @Override
  public int hashCode() {
    return wire.getName().hashCode() * 31 + wire.getValue().hashCode();
  }

  /** Never the value: it must not reach a log. */
  @Override
  public String toString() {
    return "field `" + name() + "` of " + size() + " bytes";
  }
}
