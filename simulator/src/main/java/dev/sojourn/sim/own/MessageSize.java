package dev.sojourn.sim.own;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.Executed;
import dev.sojourn.core.message.PeerMessage.Granted;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.sim.rival.Network;
import java.util.Map;

/** About how many bytes a message takes on the wire, counted as those of the rivals are. */
final class MessageSize {
  private MessageSize() {}

  static long of(PeerMessage message) {
    long bytes = Network.MESSAGE_BYTES;
    if (message instanceof Acquire acquire && acquire.call().isPresent()) {
      bytes += Network.HINT_BYTES;
      for (Operation operation : acquire.call().get().operations()) {
        bytes += operation instanceof Operation.Put put ? put.field().value().length() : 0;
      }
    } else if (message instanceof Granted granted) {
      bytes += granted.data().sizeBytes();
      bytes += granted.answered().map(MessageSize::of).orElse(0L);
    } else if (message instanceof Executed executed) {
      bytes += of(executed.success());
    } else if (message instanceof PeerMessage.PartRead read) {
      bytes += of(read.fields());
    } else if (message instanceof PeerMessage.WritePart write) {
      bytes += of(write.fields());
    }
    return bytes;
  }

  private static long of(Outcome.Success success) {
    long bytes = 0;
    for (OperationResult result : success.results()) {
      bytes += result instanceof OperationResult.FieldsRead read ? of(read.fields()) : 0;
    }
    return bytes;
  }

  private static long of(Map<String, Field> fields) {
    return fields.values().stream().mapToLong(field -> field.value().length()).sum();
  }
}
