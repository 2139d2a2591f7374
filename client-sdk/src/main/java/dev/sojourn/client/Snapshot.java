package dev.sojourn.client;

import com.google.protobuf.ByteString;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a session as they were at one version. It is only ever read: what is sent are the
 * operations, never a snapshot, so that two writers cannot overwrite each other's fields with it.
 */
record Snapshot(Map<String, Field> fields) {
  static final Snapshot EMPTY = new Snapshot(Map.of());

  static Snapshot of(List<Field> fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.getName(), field));
    return new Snapshot(byName);
  }

  Optional<dev.sojourn.client.Field> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(dev.sojourn.client.Field::read);
  }

  Map<String, dev.sojourn.client.Field> read() {
    return Map.copyOf(Results.byName(List.copyOf(fields.values())));
  }

  /** What {@code operations} make of it, if nobody else writes. */
  Snapshot after(List<Operation> operations) {
    if (operations.isEmpty()) {
      return this;
    }
    Map<String, Field> next = new LinkedHashMap<>(fields);
    for (Operation each : operations) {
      switch (each.getOperationCase()) {
        case PUT -> next.put(each.getPut().getField().getName(), each.getPut().getField());
        case REMOVE -> next.remove(each.getRemove().getName());
        case INCREMENT ->
            next.compute(each.getIncrement().getName(), (name, old) -> sum(old, each));
        case APPEND -> next.compute(each.getAppend().getName(), (name, old) -> longer(old, each));
        case DESTROY -> next.clear();
        case GET, REQUIRE_VERSION, TOUCH, ROTATE, OPERATION_NOT_SET -> {}
      }
    }
    return new Snapshot(next);
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return fields.size() + " fields";
  }

  /** A field that is no number stays as it is: the node will refuse the increment. */
  private static Field sum(@Nullable Field old, Operation operation) {
    Operation.Increment increment = operation.getIncrement();
    try {
      long before = old == null ? 0 : Long.parseLong(old.getValue().toStringUtf8());
      String sum = Long.toString(Math.addExact(before, increment.getBy()));
      return base(old, increment.getName()).setValue(ByteString.copyFromUtf8(sum)).build();
    } catch (ArithmeticException | NumberFormatException e) {
      return base(old, increment.getName()).build();
    }
  }

  private static Field longer(@Nullable Field old, Operation operation) {
    Field.Builder field = base(old, operation.getAppend().getName());
    return field.setValue(field.getValue().concat(operation.getAppend().getValue())).build();
  }

  private static Field.Builder base(@Nullable Field old, String name) {
    return old == null ? Field.newBuilder().setName(name) : old.toBuilder();
  }
}
