package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.OperationResult;
import java.util.ArrayList;
import java.util.List;

/** What operations answered, alike on the client's wire and between POPs. */
public final class ResultConverter {
  private ResultConverter() {}

  public static List<dev.sojourn.v1.OperationResult> toProto(
      ImmutableList<OperationResult> results) {
    List<dev.sojourn.v1.OperationResult> wire = new ArrayList<>(results.size());
    for (OperationResult result : results) {
      wire.add(toProto(result));
    }
    return wire;
  }

  private static dev.sojourn.v1.OperationResult toProto(OperationResult result) {
    dev.sojourn.v1.OperationResult.Builder wire = dev.sojourn.v1.OperationResult.newBuilder();
    if (result instanceof OperationResult.FieldsRead read) {
      var fields = wire.getFieldsBuilder();
      read.fields().forEach((name, field) -> fields.addFields(FieldConverter.toProto(name, field)));
    } else if (result instanceof OperationResult.Applied) {
      wire.getDoneBuilder();
    } else if (result instanceof OperationResult.Number number) {
      wire.setNumber(number.value());
    } else if (result instanceof OperationResult.Length length) {
      wire.setLength(length.bytes());
    } else if (result instanceof OperationResult.Withheld) {
      wire.getWithheldBuilder();
    } else {
      throw new AssertionError("no wire form for " + result.getClass().getSimpleName());
    }
    return wire.build();
  }

  static ImmutableList<OperationResult> fromProto(List<dev.sojourn.v1.OperationResult> wire)
      throws WireException {
    ImmutableList.Builder<OperationResult> results =
        ImmutableList.builderWithExpectedSize(wire.size());
    for (dev.sojourn.v1.OperationResult each : wire) {
      results.add(fromProto(each));
    }
    return results.build();
  }

  private static OperationResult fromProto(dev.sojourn.v1.OperationResult wire)
      throws WireException {
    return switch (wire.getResultCase()) {
      case FIELDS -> new OperationResult.FieldsRead(fields(wire.getFields().getFieldsList()));
      case DONE -> new OperationResult.Applied();
      case NUMBER -> new OperationResult.Number(wire.getNumber());
      case LENGTH -> new OperationResult.Length(WireValues.count(wire.getLength(), "a length"));
      case WITHHELD -> new OperationResult.Withheld();
      case RESULT_NOT_SET ->
          throw new WireException.UnknownKind("a result of a kind that this release does not know");
    };
  }

  private static ImmutableSortedMap<String, Field> fields(List<dev.sojourn.v1.Field> wire)
      throws WireException.Malformed {
    ImmutableSortedMap.Builder<String, Field> fields = ImmutableSortedMap.naturalOrder();
    for (dev.sojourn.v1.Field field : wire) {
      fields.put(FieldConverter.name(field.getName()), FieldConverter.fromProto(field));
    }
    try {
      return fields.buildOrThrow();
    } catch (IllegalArgumentException e) {
      throw new WireException.Malformed("a result names one field twice");
    }
  }
}
