package dev.sojourn.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.sojourn.v1.ErrorDetail;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/** Looks into the typed errors of the session service. */
final class TypedErrors {
  private TypedErrors() {}

  /** The detail of the wire; one that says nothing if there is none. */
  static ErrorDetail detailOf(StatusRuntimeException error) {
    @Nullable Status status = StatusProto.fromThrowable(error);
    if (status != null) {
      for (Any packed : status.getDetailsList()) {
        if (packed.is(ErrorDetail.class)) {
          return unpack(packed);
        }
      }
    }
    return ErrorDetail.getDefaultInstance();
  }

  /** The same error without the hint that it brings. */
  static StatusRuntimeException withoutHint(StatusRuntimeException error) {
    @Nullable Status status = StatusProto.fromThrowable(error);
    if (status == null || detailOf(error).getHint().isEmpty()) {
      return error;
    }
    Status.Builder bare = status.toBuilder().clearDetails();
    for (Any packed : status.getDetailsList()) {
      bare.addDetails(
          packed.is(ErrorDetail.class)
              ? Any.pack(unpack(packed).toBuilder().clearHint().clearHintMaxAgeSeconds().build())
              : packed);
    }
    return StatusProto.toStatusRuntimeException(bare.build());
  }

  private static ErrorDetail unpack(Any packed) {
    try {
      return packed.unpack(ErrorDetail.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail that the node made itself", e);
    }
  }
}
