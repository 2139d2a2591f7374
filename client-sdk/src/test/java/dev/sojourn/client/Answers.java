package dev.sojourn.client;

import com.google.protobuf.ByteString;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Field;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.OperationResult;
import dev.sojourn.v1.Outcome;
import java.util.Map;

/** What a scripted node says. */
final class Answers {
  private Answers() {}

  /** An answer of the right shape: gets find {@code fields}, increments leave 1. */
  static ExecuteResponse.Builder to(
      ExecuteRequest request, long version, Map<String, String> fields) {
    ExecuteResponse.Builder response =
        ExecuteResponse.newBuilder()
            .setOutcome(
                Outcome.newBuilder()
                    .setHow(Outcome.How.LOCAL)
                    .setServingPop("bos")
                    .setOwnerPop("bos")
                    .setEpoch(1)
                    .setVersion(version));
    for (Operation operation : request.getOperationsList()) {
      response.addResults(result(operation, fields));
    }
    return response;
  }

  static ExecuteResponse.Builder hint(ExecuteResponse.Builder response, String hint) {
    return response.setHint(hint).setHintMaxAgeSeconds(3600);
  }

  private static OperationResult result(Operation operation, Map<String, String> fields) {
    OperationResult.Builder result = OperationResult.newBuilder();
    return switch (operation.getOperationCase()) {
      case GET -> result.setFields(fields(fields)).build();
      case INCREMENT -> result.setNumber(1).build();
      case APPEND -> result.setLength(operation.getAppend().getValue().size()).build();
      default -> result.setDone(OperationResult.Done.getDefaultInstance()).build();
    };
  }

  private static OperationResult.Fields fields(Map<String, String> fields) {
    OperationResult.Fields.Builder found = OperationResult.Fields.newBuilder();
    fields.forEach(
        (name, value) ->
            found.addFields(
                Field.newBuilder().setName(name).setValue(ByteString.copyFromUtf8(value))));
    return found.build();
  }
}
