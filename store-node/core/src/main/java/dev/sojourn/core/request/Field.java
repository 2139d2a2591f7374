package dev.sojourn.core.request;

import dev.sojourn.value.Bytes;

/**
 * One named value of a session.
 *
 * @param contentType a media type for the client's own use; may be empty
 * @param dataClass the label that the residency policy speaks of; {@code default} unless given
 */
public record Field(Bytes value, String contentType, String dataClass) {
  public static final String DEFAULT_CLASS = "default";

  public Field withValue(Bytes newValue) {
    return new Field(newValue, contentType, dataClass);
  }
}
