package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;

/**
 * A kind of data: fields whose names fit its patterns, and fields that the application labels with
 * its name.
 *
 * @param position in the policy, from 0; a field that several classes claim falls to the first
 * @param sensitive whether it is denied where no rule speaks of it
 * @param patterns of field names
 * @param span of its name; the file's beginning if the file does not declare it
 */
public record DataClass(
    String name, int position, boolean sensitive, ImmutableList<FieldPattern> patterns, Span span) {
  /** What no pattern claims, and nobody labels. */
  public static final String DEFAULT = "default";
}
