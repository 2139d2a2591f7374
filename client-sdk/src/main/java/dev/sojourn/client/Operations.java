package dev.sojourn.client;

import com.google.protobuf.ByteString;
import dev.sojourn.v1.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request does to one session: all of it, in order, or nothing. Immutable; each method
 * returns a longer list.
 */
public final class Operations {
  private static final Operations NONE = new Operations(List.of());

  private final List<Operation> wire;

  private Operations(List<Operation> wire) {
    this.wire = wire;
  }

  /** Nothing yet. */
  public static Operations none() {
    return NONE;
  }

  /** Reads all fields, as the operations before it leave them. */
  public Operations getAll() {
    return with(Operation.newBuilder().setGet(Operation.Get.getDefaultInstance()));
  }

  /** Reads some fields. Absent ones are absent from the result. */
  public Operations get(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("name at least one field, or use getAll()");
    }
    return with(
        Operation.newBuilder().setGet(Operation.Get.newBuilder().addAllNames(List.of(names))));
  }

  /** Sets one field; the others stay as they are, whoever is writing them. */
  public Operations put(Field field) {
    return with(Operation.newBuilder().setPut(Operation.Put.newBuilder().setField(field.wire())));
  }

  public Operations put(String name, byte[] value) {
    return put(Field.of(name, value));
  }

  /** Sets a field to text, stored as UTF-8. */
  public Operations putText(String name, String text) {
    return put(Field.ofText(name, text));
  }

  /** Removes a field; that it was absent is no error. */
  public Operations remove(String name) {
    return with(Operation.newBuilder().setRemove(Operation.Remove.newBuilder().setName(name)));
  }

  /**
   * Adds to a field that holds a decimal signed 64-bit integer as text; an absent one counts as 0.
   */
  public Operations increment(String name, long by) {
    return with(
        Operation.newBuilder()
            .setIncrement(Operation.Increment.newBuilder().setName(name).setBy(by)));
  }

  /** Adds bytes at the end of a field, or creates it. */
  public Operations append(String name, byte[] value) {
    return with(
        Operation.newBuilder()
            .setAppend(
                Operation.Append.newBuilder().setName(name).setValue(ByteString.copyFrom(value))));
  }

  /** Lets the whole request fail unless the session is exactly at {@code version}. */
  public Operations requireVersion(long version) {
    return with(
        Operation.newBuilder()
            .setRequireVersion(Operation.RequireVersion.newBuilder().setVersion(version)));
  }

  /** Counts as use and does nothing else. */
  public Operations touch() {
    return with(Operation.newBuilder().setTouch(Operation.Touch.getDefaultInstance()));
  }

  /** Replaces the credential: every older hint is refused from now on, at every POP. */
  public Operations rotate() {
    return with(Operation.newBuilder().setRotate(Operation.Rotate.getDefaultInstance()));
  }

  /** Ends the session for good. Nothing may follow. */
  public Operations destroy() {
    return with(Operation.newBuilder().setDestroy(Operation.Destroy.getDefaultInstance()));
  }

  public int size() {
    return wire.size();
  }

  public boolean isEmpty() {
    return wire.isEmpty();
  }

  Operations and(Operations later) {
    Operations both = this;
    for (Operation each : later.wire) {
      both = both.with(each.toBuilder());
    }
    return both;
  }

  List<Operation> wire() {
    return wire;
  }

  /** Whether a request with these raises the version. */
  static boolean writes(List<Operation> operations) {
    return operations.stream().anyMatch(Operations::writes);
  }

  /**
   * Whether a node has to be asked even where there is no session: to create one, or to compare its
   * version.
   */
  boolean needsNode() {
    return wire.stream()
        .anyMatch(
            each ->
                each.hasPut()
                    || each.hasIncrement()
                    || each.hasAppend()
                    || each.hasRequireVersion());
  }

  private static boolean writes(Operation operation) {
    return switch (operation.getOperationCase()) {
      case PUT, REMOVE, INCREMENT, APPEND, ROTATE, DESTROY -> true;
      case GET, REQUIRE_VERSION, TOUCH, OPERATION_NOT_SET -> false;
    };
  }

  private Operations with(Operation.Builder last) {
    if (!wire.isEmpty() && wire.get(wire.size() - 1).hasDestroy()) {
      throw new IllegalStateException("nothing may follow destroy() in a request");
    }
    List<Operation> longer = new ArrayList<>(wire.size() + 1);
    longer.addAll(wire);
    longer.add(last.build());
    return new Operations(List.copyOf(longer));
  }
}
