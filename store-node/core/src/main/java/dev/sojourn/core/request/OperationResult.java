package dev.sojourn.core.request;

import com.google.common.collect.ImmutableSortedMap;

/** What one {@link Operation} answered, in the order of the request. */
public sealed interface OperationResult {
  /** The fields that were asked for and exist. */
  record FieldsRead(ImmutableSortedMap<String, Field> fields) implements OperationResult {}

  /** It was applied and has nothing to say. */
  record Applied() implements OperationResult {}

  /** The number that an increment left. */
  record Number(long value) implements OperationResult {}

  /** The length in bytes that an append left. */
  record Length(long bytes) implements OperationResult {}

  /** Applied earlier, and the result is no longer kept: a replay's answer (rule R9). */
  record Withheld() implements OperationResult {}
}
