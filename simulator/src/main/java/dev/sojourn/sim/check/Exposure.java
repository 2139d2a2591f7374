package dev.sojourn.sim.check;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every single value of a session that is at a POP: on its disk, in a message, in an answer. */
public final class Exposure {
  private Exposure() {}

  /** Looks at one value. */
  public interface Sight {
    /**
     * @param label what the application calls the field's class
     * @param rests whether it is on the disk there, or to be put there
     */
    void of(PopId pop, String field, String label, boolean rests);
  }

  /** Of a payload: its fields, and what its window still shows. */
  public static void atRest(PopId pop, SessionData data, Sight sight) {
    fields(pop, data.fields(), true, sight);
    for (WindowEntry entry : data.window().entries()) {
      for (OperationResult result : entry.results()) {
        if (result instanceof OperationResult.FieldsRead read) {
          fields(pop, read.fields(), true, sight);
        }
      }
    }
  }

  /** Of a record: its payload, and what it keeps for an owner elsewhere. */
  public static void atRest(PopId pop, SessionRecord record, Sight sight) {
    record.state().payload().ifPresent(data -> atRest(pop, data, sight));
    record
        .custody()
        .ifPresent(
            custody -> custody.values().forEach(kept -> fields(pop, kept.fields(), true, sight)));
  }

  /**
   * Of a message to {@code to}.
   *
   * @param asked the operations that it answers, as far as they are known
   */
  public static void inMessage(PopId to, PeerMessage message, List<Operation> asked, Sight sight) {
    if (message instanceof PeerMessage.Acquire acquire) {
      acquire.call().ifPresent(call -> inOperations(to, call.operations(), sight));
    } else if (message instanceof PeerMessage.Create create) {
      inOperations(to, create.request().operations(), sight);
    } else if (message instanceof PeerMessage.Granted granted) {
      atRest(to, granted.data(), sight);
      granted.answered().ifPresent(success -> inAnswer(to, asked, success, sight));
    } else if (message instanceof PeerMessage.PartRead read) {
      fields(to, read.fields(), false, sight);
    } else if (message instanceof PeerMessage.WritePart write) {
      fields(to, write.fields(), true, sight);
    } else if (message instanceof PeerMessage.Executed executed) {
      inAnswer(to, asked, executed.success(), sight);
    }
  }

  /** Of the results that a POP has or gives. */
  public static void inAnswer(
      PopId pop, List<Operation> operations, Outcome.Success success, Sight sight) {
    List<OperationResult> results = success.results();
    for (int i = 0; i < results.size(); i++) {
      OperationResult result = results.get(i);
      Optional<Operation> operation =
          i < operations.size() ? Optional.of(operations.get(i)) : Optional.empty();
      if (result instanceof OperationResult.FieldsRead read) {
        fields(pop, read.fields(), false, sight);
      } else if (result instanceof OperationResult.Number
          && operation.isPresent()
          && operation.get() instanceof Operation.Increment increment) {
        sight.of(pop, increment.name(), Field.DEFAULT_CLASS, false);
      }
    }
  }

  private static void inOperations(PopId pop, List<Operation> operations, Sight sight) {
    for (Operation operation : operations) {
      if (operation instanceof Operation.Put put) {
        sight.of(pop, put.name(), put.field().dataClass(), false);
      } else if (operation instanceof Operation.Append append) {
        sight.of(pop, append.name(), Field.DEFAULT_CLASS, false);
      } else if (operation instanceof Operation.Increment increment) {
        sight.of(pop, increment.name(), Field.DEFAULT_CLASS, false);
      }
    }
  }

  private static void fields(PopId pop, Map<String, Field> fields, boolean rests, Sight sight) {
    fields.forEach((name, field) -> sight.of(pop, name, field.dataClass(), rests));
  }
}
