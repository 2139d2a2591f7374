package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.v1.PeerEnvelope.Acquire;

/** Why a session is asked for, and as whom the asked POP is asked. */
final class PurposeConverter {
  private PurposeConverter() {}

  static Acquire.Purpose toProto(Purpose purpose) {
    return switch (purpose) {
      case SERVE -> Acquire.Purpose.SERVE;
      case SETTLE -> Acquire.Purpose.SETTLE;
      case FETCH -> Acquire.Purpose.FETCH;
      case TAKE -> Acquire.Purpose.TAKE;
    };
  }

  static Purpose fromProto(Acquire.Purpose wire) throws WireException {
    return switch (wire) {
      case SERVE -> Purpose.SERVE;
      case SETTLE -> Purpose.SETTLE;
      case FETCH -> Purpose.FETCH;
      case TAKE -> Purpose.TAKE;
      case PURPOSE_UNSPECIFIED -> throw new WireException.Malformed("a purpose is missing");
      case UNRECOGNIZED -> throw new WireException.UnknownKind("a purpose of a newer release");
    };
  }

  static Acquire.Role toProto(Role role) {
    return switch (role) {
      case OWNER -> Acquire.Role.OWNER;
      case TRAIL -> Acquire.Role.TRAIL;
    };
  }

  static Role fromProto(Acquire.Role wire) throws WireException {
    return switch (wire) {
      case OWNER -> Role.OWNER;
      case TRAIL -> Role.TRAIL;
      case ROLE_UNSPECIFIED -> throw new WireException.Malformed("a role is missing");
      case UNRECOGNIZED -> throw new WireException.UnknownKind("a role of a newer release");
    };
  }
}
