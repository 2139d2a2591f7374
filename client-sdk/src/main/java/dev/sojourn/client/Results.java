package dev.sojourn.client;

import dev.sojourn.v1.OperationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the operations of a request answered: one result each, in their order. Immutable.
 *
 * @param all one result for each operation
 */
public record Results(List<Result> all) {
  static final Results NONE = new Results(List.of());

  public Results {
    all = List.copyOf(all);
  }

  /** What one operation answered. */
  public sealed interface Result {
    /** Of a get: the fields that are present, by name. */
    record Fields(Map<String, Field> fields) implements Result {
      public Fields {
        fields = Map.copyOf(fields);
      }
    }

    /** Of an increment: the number that it left. */
    record Number(long value) implements Result {}

    /** Of an append: the length that it left, in bytes. */
    record Length(long bytes) implements Result {}

    /** Applied in an earlier attempt, and the result is no longer kept. Read if you need it. */
    record Withheld() implements Result {}

    /** Of any other operation. */
    record Done() implements Result {}
  }

  /** The fields that the gets of this request found, by name; later gets win. */
  public Map<String, Field> fields() {
    Map<String, Field> found = new LinkedHashMap<>();
    for (Result result : all) {
      if (result instanceof Result.Fields read) {
        found.putAll(read.fields());
      }
    }
    return Map.copyOf(found);
  }

  /**
   * The number that the increment at {@code place} left.
   *
   * @throws IllegalStateException if there is none: another operation, or {@link Result.Withheld}
   */
  public long number(int place) {
    if (all.get(place) instanceof Result.Number number) {
      return number.value();
    }
    throw new IllegalStateException("the result at place " + place + " is not a number");
  }

  static Results read(List<OperationResult> wire) {
    List<Result> results = new ArrayList<>(wire.size());
    for (OperationResult each : wire) {
      results.add(
          switch (each.getResultCase()) {
            case FIELDS -> new Result.Fields(byName(each.getFields().getFieldsList()));
            case NUMBER -> new Result.Number(each.getNumber());
            case LENGTH -> new Result.Length(each.getLength());
            case WITHHELD -> new Result.Withheld();
            case DONE, RESULT_NOT_SET -> new Result.Done();
          });
    }
    return new Results(results);
  }

  /** What {@code operations} answer where there is no session and none is created. */
  static Results ofNoSession(Operations operations) {
    List<Result> results = new ArrayList<>();
    for (dev.sojourn.v1.Operation each : operations.wire()) {
      results.add(each.hasGet() ? new Result.Fields(Map.of()) : new Result.Done());
    }
    return new Results(results);
  }

  Results from(int place) {
    return place == 0 ? this : new Results(all.subList(place, all.size()));
  }

  Results and(Results later) {
    List<Result> both = new ArrayList<>(all);
    both.addAll(later.all);
    return new Results(both);
  }

  static Map<String, Field> byName(List<dev.sojourn.v1.Field> fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.getName(), Field.read(field)));
    return byName;
  }
}
