package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Problem;
import dev.sojourn.v1.Create;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.RequestId;
import java.util.List;

/** A client's request, checked for form. Sizes are for the core to judge. */
public final class RequestConverter {
  private RequestConverter() {}

  /**
   * @param home the country of this POP: the residency of a creation that names none
   */
  public static ParsedRequest parse(ExecuteRequest wire, Country home) {
    try {
      if (!Namespace.isLawful(wire.getNamespace())) {
        throw new WireException.Malformed(
            "a namespace has 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
      }
      RequestId id =
          new RequestId(WireValues.bytes(wire.getRequestId(), RequestId.LENGTH, "the request id"));
      Creation creation =
          wire.getHint().isEmpty()
              ? creation(wire.getCreate(), home)
              : new Creation(Bytes.EMPTY, home, 0, 0, "");
      return operations(
          new ParsedRequest.Accepted(
              new Namespace(wire.getNamespace()), wire.getHint(), id, creation, ImmutableList.of()),
          wire.getOperationsList());
    } catch (WireException.Malformed e) {
      return rejected(Problem.of(ErrorCode.INVALID_REQUEST, reason(e)));
    }
  }

  private static ParsedRequest operations(
      ParsedRequest.Accepted head, List<dev.sojourn.v1.Operation> wire) {
    ImmutableList.Builder<Operation> operations =
        ImmutableList.builderWithExpectedSize(wire.size());
    for (int i = 0; i < wire.size(); i++) {
      try {
        Operation operation = OperationConverter.fromProto(wire.get(i));
        OperationConverter.checkPlace(operation, i, wire.size());
        operations.add(operation);
      } catch (WireException e) {
        return rejected(
            Problem.of(ErrorCode.INVALID_REQUEST, "operation " + i + ": " + reason(e))
                .atOperation(i));
      }
    }
    return new ParsedRequest.Accepted(
        head.namespace(), head.hint(), head.id(), head.creation(), operations.build());
  }

  private static Creation creation(Create wire, Country home) throws WireException.Malformed {
    return new Creation(
        Bytes.EMPTY,
        wire.getResidencyCountry().isEmpty()
            ? home
            : WireValues.country(wire.getResidencyCountry(), "the residency"),
        WireValues.count(wire.getIdleLifetimeMillis(), "the idle lifetime"),
        WireValues.count(wire.getAbsoluteLifetimeMillis(), "the absolute lifetime"),
        wire.getLabel());
  }

  private static ParsedRequest rejected(Problem problem) {
    return new ParsedRequest.Rejected(problem);
  }

  private static String reason(WireException e) {
    return String.valueOf(e.getMessage());
  }
}
