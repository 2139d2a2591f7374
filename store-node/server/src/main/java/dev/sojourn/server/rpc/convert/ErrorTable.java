package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.request.ErrorCode;
import io.grpc.Status;

/** What errors.proto says of each code: its gRPC status, and the remedy. */
final class ErrorTable {
  private static final String START_ANEW = "drop the hint and start a new session";

  private ErrorTable() {}

  static dev.sojourn.v1.ErrorCode toProto(ErrorCode code) {
    return dev.sojourn.v1.ErrorCode.valueOf(code.name());
  }

  /** A code that this release does not know is read as {@link ErrorCode#INTERNAL}. */
  static ErrorCode fromProto(dev.sojourn.v1.ErrorCode wire) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equals(wire.name())) {
        return code;
      }
    }
    return ErrorCode.INTERNAL;
  }

  static Status.Code statusOf(ErrorCode code) {
    return switch (code) {
      case INVALID_REQUEST, UNKNOWN_NAMESPACE -> Status.Code.INVALID_ARGUMENT;
      case HINT_UNREADABLE, HINT_EXPIRED, HINT_SUPERSEDED, CALLER_REFUSED ->
          Status.Code.UNAUTHENTICATED;
      case SESSION_ENDED, SESSION_ERASED -> Status.Code.NOT_FOUND;
      case SESSION_LOST, SESSION_ROLLED_BACK, VERSIONS_MISSING -> Status.Code.DATA_LOSS;
      case ALREADY_CREATED -> Status.Code.ALREADY_EXISTS;
      case OUTCOME_UNKNOWN -> Status.Code.ABORTED;
      case VERSION_MISMATCH, NOT_A_NUMBER, LIMIT_EXCEEDED -> Status.Code.FAILED_PRECONDITION;
      case OVERFLOW -> Status.Code.OUT_OF_RANGE;
      case DENIED -> Status.Code.PERMISSION_DENIED;
      case OWNER_UNREACHABLE, SHUTTING_DOWN -> Status.Code.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case BUSY, STORAGE_FULL -> Status.Code.RESOURCE_EXHAUSTED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  static String remedyOf(ErrorCode code) {
    return switch (code) {
      case INVALID_REQUEST -> "mend the request, and make a fresh request id for each new request";
      case HINT_UNREADABLE, HINT_EXPIRED, SESSION_ENDED, SESSION_ERASED -> START_ANEW;
      case HINT_SUPERSEDED ->
          "use the hint that the rotation returned, or drop this one and start a new session";
      case SESSION_LOST ->
          "tell the user that data is gone, then drop the hint and start a new session";
      case SESSION_ROLLED_BACK -> "keep the hint; an operator must decide";
      case ALREADY_CREATED -> "create again under a fresh request id";
      case OUTCOME_UNKNOWN ->
          "read the session under the fresh hint and decide; if this was sent only once, send it"
              + " again under that hint with a fresh request id";
      case VERSIONS_MISSING ->
          "tell the user, read the session under the fresh hint, and go on from there";
      case VERSION_MISMATCH -> "read again, decide, write again";
      case NOT_A_NUMBER -> "put a number first, or use another field";
      case OVERFLOW -> "put a smaller number first";
      case LIMIT_EXCEEDED -> "store less, or raise the limit in the configuration";
      case UNKNOWN_NAMESPACE -> "mend the name, or configure the namespace at every POP";
      case DENIED -> "serve the user from a POP where the rule allows it, or change the policy";
      case OWNER_UNREACHABLE -> "retry; if it lasts, look after that POP";
      case DEADLINE_EXCEEDED -> "retry the same bytes with more time";
      case BUSY -> "retry after a while; if it lasts, send less or add a node";
      case STORAGE_FULL -> "retry later; an operator must free space";
      case SHUTTING_DOWN -> "retry; another node, or this one restarted, will answer";
      case INTERNAL -> "report it with the text and the log of the POP";
      case CALLER_REFUSED -> "send the token of the namespace, or allow the origin";
    };
  }

  /** How long to wait at least before a retry; 0 for no opinion. */
  static long retryAfterMillis(ErrorCode code) {
    return code == ErrorCode.BUSY ? 100 : 0;
  }
}
