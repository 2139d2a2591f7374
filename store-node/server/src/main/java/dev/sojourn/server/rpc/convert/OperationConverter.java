package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Operation;
import java.util.List;

/** The steps of a request, alike on the client's wire and between POPs. */
public final class OperationConverter {
  private OperationConverter() {}

  public static dev.sojourn.v1.Operation toProto(Operation operation) {
    dev.sojourn.v1.Operation.Builder wire = dev.sojourn.v1.Operation.newBuilder();
    if (operation instanceof Operation.Get get) {
      wire.getGetBuilder().addAllNames(get.names());
    } else if (operation instanceof Operation.Put put) {
      wire.getPutBuilder().setField(FieldConverter.toProto(put.name(), put.field()));
    } else if (operation instanceof Operation.Remove remove) {
      wire.getRemoveBuilder().setName(remove.name());
    } else if (operation instanceof Operation.Increment increment) {
      wire.getIncrementBuilder().setName(increment.name()).setBy(increment.by());
    } else if (operation instanceof Operation.Append append) {
      wire.getAppendBuilder().setName(append.name()).setValue(WireValues.toProto(append.suffix()));
    } else if (operation instanceof Operation.RequireVersion require) {
      wire.getRequireVersionBuilder().setVersion(require.version());
    } else if (operation instanceof Operation.Touch) {
      wire.getTouchBuilder();
    } else if (operation instanceof Operation.Rotate) {
      wire.getRotateBuilder();
    } else if (operation instanceof Operation.Destroy) {
      wire.getDestroyBuilder();
    } else {
      throw new AssertionError("no wire form for " + operation.getClass().getSimpleName());
    }
    return wire.build();
  }

  /** One step, looked at alone. */
  static Operation fromProto(dev.sojourn.v1.Operation wire) throws WireException {
    return switch (wire.getOperationCase()) {
      case GET -> new Operation.Get(names(wire.getGet().getNamesList()));
      case PUT -> put(wire.getPut());
      case REMOVE -> new Operation.Remove(FieldConverter.name(wire.getRemove().getName()));
      case INCREMENT ->
          new Operation.Increment(
              FieldConverter.name(wire.getIncrement().getName()), wire.getIncrement().getBy());
      case APPEND ->
          new Operation.Append(
              FieldConverter.name(wire.getAppend().getName()),
              WireValues.bytes(wire.getAppend().getValue()));
      case REQUIRE_VERSION ->
          new Operation.RequireVersion(
              WireValues.count(wire.getRequireVersion().getVersion(), "a required version"));
      case TOUCH -> new Operation.Touch();
      case ROTATE -> new Operation.Rotate();
      case DESTROY -> new Operation.Destroy();
      case OPERATION_NOT_SET ->
          throw new WireException.UnknownKind(
              "it is empty, or of a kind that this release does not know");
    };
  }

  /** The steps of one request, checked for what they must be together. */
  static ImmutableList<Operation> fromProto(List<dev.sojourn.v1.Operation> wire)
      throws WireException {
    ImmutableList.Builder<Operation> all = ImmutableList.builderWithExpectedSize(wire.size());
    for (dev.sojourn.v1.Operation each : wire) {
      all.add(fromProto(each));
    }
    // Only now: what is unknown here may have rules of its own.
    ImmutableList<Operation> operations = all.build();
    for (int i = 0; i < operations.size(); i++) {
      checkPlace(operations.get(i), i, operations.size());
    }
    return operations;
  }

  static void checkPlace(Operation operation, int index, int count) throws WireException.Malformed {
    if (operation instanceof Operation.Destroy && index < count - 1) {
      throw new WireException.Malformed("destroy must be the last operation of its request");
    }
  }

  private static ImmutableList<String> names(List<String> wire) throws WireException.Malformed {
    for (String name : wire) {
      FieldConverter.name(name);
    }
    return ImmutableList.copyOf(wire);
  }

  private static Operation put(dev.sojourn.v1.Operation.Put wire) throws WireException.Malformed {
    WireValues.require(wire.hasField(), "the field of a put");
    return new Operation.Put(
        FieldConverter.name(wire.getField().getName()), FieldConverter.fromProto(wire.getField()));
  }
}
