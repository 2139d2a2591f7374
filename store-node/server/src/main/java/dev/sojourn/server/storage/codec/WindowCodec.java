package dev.sojourn.server.storage.codec;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.v1.SessionPayload;
import dev.sojourn.v1.SessionPayload.KeptResult;
import dev.sojourn.value.RequestId;

/** The window of recent writes, with the results that were kept. */
final class WindowCodec {
  private static final KeptResult APPLIED =
      KeptResult.newBuilder().setApplied(SessionPayload.Applied.getDefaultInstance()).build();
  private static final KeptResult WITHHELD =
      KeptResult.newBuilder().setWithheld(SessionPayload.Withheld.getDefaultInstance()).build();

  private WindowCodec() {}

  static void encode(RequestWindow window, SessionPayload.Builder into) {
    into.setWindowLowWaterVersion(window.lowWaterVersion());
    for (WindowEntry entry : window.entries()) {
      into.addWindow(encode(entry));
    }
  }

  static RequestWindow decode(SessionPayload stored) throws CodecException {
    ImmutableList.Builder<WindowEntry> entries =
        ImmutableList.builderWithExpectedSize(stored.getWindowCount());
    for (SessionPayload.WindowEntry entry : stored.getWindowList()) {
      entries.add(decode(entry));
    }
    return new RequestWindow(entries.build(), stored.getWindowLowWaterVersion());
  }

  private static SessionPayload.WindowEntry encode(WindowEntry entry) {
    SessionPayload.WindowEntry.Builder stored =
        SessionPayload.WindowEntry.newBuilder()
            .setRequestId(ValueCodec.bytes(entry.id().value()))
            .setOperationsDigest(ValueCodec.bytes(entry.operationsDigest()))
            .setVersion(entry.version())
            .setGeneration(entry.generation())
            .setHintExpiresAtMillis(entry.hintExpiresAtMillis())
            .setAppliedAtMillis(entry.appliedAtMillis());
    for (OperationResult result : entry.results()) {
      stored.addResults(encode(result));
    }
    return stored.build();
  }

  private static WindowEntry decode(SessionPayload.WindowEntry stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    ImmutableList.Builder<OperationResult> results =
        ImmutableList.builderWithExpectedSize(stored.getResultsCount());
    for (KeptResult result : stored.getResultsList()) {
      results.add(decode(result));
    }
    return new WindowEntry(
        new RequestId(ValueCodec.bytes(stored.getRequestId())),
        ValueCodec.bytes(stored.getOperationsDigest()),
        stored.getVersion(),
        stored.getGeneration(),
        stored.getHintExpiresAtMillis(),
        stored.getAppliedAtMillis(),
        results.build());
  }

  private static KeptResult encode(OperationResult result) {
    if (result instanceof OperationResult.FieldsRead read) {
      return KeptResult.newBuilder()
          .setFieldsRead(
              SessionPayload.FieldsRead.newBuilder().addAllFields(FieldCodec.encode(read.fields())))
          .build();
    }
    if (result instanceof OperationResult.Number number) {
      return KeptResult.newBuilder().setNumber(number.value()).build();
    }
    if (result instanceof OperationResult.Length length) {
      return KeptResult.newBuilder().setLengthBytes(length.bytes()).build();
    }
    if (result instanceof OperationResult.Applied) {
      return APPLIED;
    }
    if (result instanceof OperationResult.Withheld) {
      return WITHHELD;
    }
    throw new IllegalStateException("a result of a kind that the store does not know");
  }

  private static OperationResult decode(KeptResult stored) throws CodecException {
    ValueCodec.requireKnown(stored);
    switch (stored.getResultCase()) {
      case FIELDS_READ:
        ValueCodec.requireKnown(stored.getFieldsRead());
        return new OperationResult.FieldsRead(
            FieldCodec.decode(stored.getFieldsRead().getFieldsList()));
      case APPLIED:
        ValueCodec.requireKnown(stored.getApplied());
        return new OperationResult.Applied();
      case NUMBER:
        return new OperationResult.Number(stored.getNumber());
      case LENGTH_BYTES:
        return new OperationResult.Length(stored.getLengthBytes());
      case WITHHELD:
        ValueCodec.requireKnown(stored.getWithheld());
        return new OperationResult.Withheld();
      case RESULT_NOT_SET:
        break;
    }
    throw new CodecException.Malformed("a kept result says nothing");
  }
}
