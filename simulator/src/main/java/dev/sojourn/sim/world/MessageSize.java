package dev.sojourn.sim.world;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.LeftBehind;

/** About how many bytes a message takes on the way: what carries data more than what does not. */
final class MessageSize {
  /** The frame, the key, epochs, nonces, names of POPs. */
  static final long BARE_BYTES = 120;

  private static final long HINT_BYTES = 120;

  private MessageSize() {}

  static long bytes(PeerMessage message) {
    long size = BARE_BYTES;
    if (message instanceof PeerMessage.Acquire acquire && acquire.call().isPresent()) {
      size += HINT_BYTES;
      for (Operation operation : acquire.call().get().operations()) {
        size += bytes(operation);
      }
    } else if (message instanceof PeerMessage.Granted granted) {
      size += granted.data().sizeBytes();
      size += granted.answered().map(MessageSize::bytes).orElse(0L);
    } else if (message instanceof PeerMessage.Executed executed) {
      size += bytes(executed.success());
    } else if (message instanceof PeerMessage.PartRead read) {
      size += LeftBehind.bytesOf(read.fields());
    } else if (message instanceof PeerMessage.WritePart write) {
      size += LeftBehind.bytesOf(write.fields());
    }
    return size;
  }

  private static long bytes(Operation operation) {
    long size = 8;
    if (operation instanceof Operation.Put put) {
      size += put.name().length() + put.field().value().length();
    } else if (operation instanceof Operation.Append append) {
      size += append.name().length() + append.suffix().length();
    }
    return size;
  }

  private static long bytes(Outcome.Success success) {
    long size = success.hint().isPresent() ? HINT_BYTES : 0;
    for (OperationResult result : success.results()) {
      size += 8;
      if (result instanceof OperationResult.FieldsRead read) {
        for (Field field : read.fields().values()) {
          size += 16 + field.value().length();
        }
      }
    }
    return size;
  }
}
