package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.NamespaceSettings.Limits;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the operations of one request on one session: all of them, or none. */
final class Executing {
  /** What came of it. */
  sealed interface Result {
    /**
     * @param data as the operations left it; one version on if any of them writes
     */
    record Ran(
        SessionData data,
        ImmutableList<OperationResult> results,
        boolean rotated,
        boolean destroyed)
        implements Result {}

    /** Nothing was applied. */
    record Failed(Problem problem) implements Result {}
  }

  /** Carries a problem out of the depth of a step; never leaves this class. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }
  }

  private final SessionData before;
  private final Limits limits;
  private final SortedMap<String, Field> fields;
  private final ImmutableList.Builder<OperationResult> results = ImmutableList.builder();
  private long bytesRead;
  private boolean wrote;
  private boolean rotated;
  private boolean destroyed;

  private Executing(SessionData before, Limits limits, boolean writes) {
    this.before = before;
    this.limits = limits;
    this.fields = writes ? new TreeMap<>(before.fields()) : before.fields();
  }

  static Result run(SessionData data, List<Operation> operations, boolean writes, Limits limits) {
    if (operations.size() > limits.operationsMax()) {
      return new Result.Failed(
          Problem.of(
              ErrorCode.LIMIT_EXCEEDED,
              "a request has at most " + limits.operationsMax() + " operations"));
    }
    Executing executing = new Executing(data, limits, writes);
    int index = 0;
    try {
      for (; index < operations.size(); index++) {
        executing.step(operations.get(index));
      }
      if (executing.wrote) {
        executing.checkWhole();
      }
    } catch (Refusal refusal) {
      return new Result.Failed(
          index < operations.size() ? refusal.problem.atOperation(index) : refusal.problem);
    }
    return executing.ran();
  }

  private Result ran() {
    SessionData after = before;
    if (wrote) {
      after = before.withFields(before.version() + 1, ImmutableSortedMap.copyOfSorted(fields));
    }
    if (rotated) {
      after = after.withGeneration(before.generation() + 1);
    }
    return new Result.Ran(after, results.build(), rotated, destroyed);
  }

  private void step(Operation operation) {
    if (destroyed) {
      throw new Refusal(Problem.of(ErrorCode.INVALID_REQUEST, "no operation may follow a destroy"));
    }
    wrote |= operation.writes();
    if (operation instanceof Operation.Get get) {
      results.add(read(get));
    } else if (operation instanceof Operation.Put put) {
      set(put.name(), put.field());
      results.add(new OperationResult.Applied());
    } else if (operation instanceof Operation.Remove remove) {
      fields.remove(remove.name());
      results.add(new OperationResult.Applied());
    } else if (operation instanceof Operation.Increment increment) {
      results.add(increment(increment));
    } else if (operation instanceof Operation.Append append) {
      results.add(append(append));
    } else if (operation instanceof Operation.RequireVersion require) {
      requireVersion(require);
      results.add(new OperationResult.Applied());
    } else if (operation instanceof Operation.Touch) {
      // Every request extends the lifetime; this one asks for nothing else.
      results.add(new OperationResult.Applied());
    } else if (operation instanceof Operation.Rotate) {
      rotated = true;
      results.add(new OperationResult.Applied());
    } else if (operation instanceof Operation.Destroy) {
      destroyed = true;
      results.add(new OperationResult.Applied());
    } else {
      throw new AssertionError("an operation that nobody runs: " + operation.getClass());
    }
  }

  private OperationResult read(Operation.Get get) {
    if (get.names().isEmpty()) {
      return readable(fields);
    }
    TreeMap<String, Field> found = new TreeMap<>();
    for (String name : get.names()) {
      Field field = fields.get(name);
      if (field != null) {
        found.put(name, field);
      }
    }
    return readable(found);
  }

  /**
   * The first read shows whatever there is. Together they show no more than one session may hold,
   * or a small request could have an answer that no stream takes.
   */
  private OperationResult readable(SortedMap<String, Field> found) {
    long bytes = LeftBehind.bytesOf(found);
    if (bytesRead > 0 && bytesRead + bytes > limits.sessionBytesMax()) {
      throw tooLarge("a request reads at most " + limits.sessionBytesMax() + " bytes");
    }
    bytesRead += bytes;
    return new OperationResult.FieldsRead(ImmutableSortedMap.copyOfSorted(found));
  }

  private OperationResult increment(Operation.Increment increment) {
    Optional<Field> old = Optional.ofNullable(fields.get(increment.name()));
    long number = old.map(field -> parse(increment.name(), field)).orElse(0L);
    long sum;
    try {
      sum = Math.addExact(number, increment.by());
    } catch (ArithmeticException overflow) {
      throw new Refusal(
          Problem.of(
              ErrorCode.OVERFLOW,
              "the sum in field `" + increment.name() + "` does not fit a signed 64-bit number"));
    }
    Bytes text = Bytes.wrap(Long.toString(sum).getBytes(StandardCharsets.US_ASCII));
    set(increment.name(), old.map(field -> field.withValue(text)).orElseGet(() -> number(text)));
    return new OperationResult.Number(sum);
  }

  private static Field number(Bytes text) {
    return new Field(text, "text/plain", Field.DEFAULT_CLASS);
  }

  private static long parse(String name, Field field) {
    byte[] value = field.value().unsafeArray();
    try {
      if (value.length <= 20) {
        return Long.parseLong(new String(value, StandardCharsets.US_ASCII));
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the one typed answer below.
    }
    throw new Refusal(
        Problem.of(
            ErrorCode.NOT_A_NUMBER, "field `" + name + "` does not hold a decimal 64-bit number"));
  }

  private OperationResult append(Operation.Append append) {
    Field old = fields.get(append.name());
    Field longer =
        old == null
            ? new Field(append.suffix(), "application/octet-stream", Field.DEFAULT_CLASS)
            : old.withValue(old.value().concat(append.suffix()));
    set(append.name(), longer);
    return new OperationResult.Length(longer.value().length());
  }

  private void requireVersion(Operation.RequireVersion require) {
    if (require.version() != before.version()) {
      throw new Refusal(
          Problem.of(
                  ErrorCode.VERSION_MISMATCH,
                  "the session is at version " + before.version() + ", not at " + require.version())
              .withCurrentVersion(before.version()));
    }
  }

  private void set(String name, Field field) {
    int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isEmpty() || nameBytes > limits.fieldNameBytesMax()) {
      throw tooLarge("a field's name has 1 to " + limits.fieldNameBytesMax() + " bytes");
    }
    if (field.value().length() > limits.fieldBytesMax()) {
      throw tooLarge("field `" + name + "` would exceed " + limits.fieldBytesMax() + " bytes");
    }
    fields.put(name, field);
  }

  private void checkWhole() {
    int fieldsBehind = before.leftBehind().map(part -> part.marks().size()).orElse(0);
    if (fields.size() + fieldsBehind > limits.fieldsMax()) {
      throw tooLarge("a session has at most " + limits.fieldsMax() + " fields");
    }
    long bytesBehind = before.leftBehind().map(LeftBehind::bytes).orElse(0L);
    if (LeftBehind.bytesOf(fields) + bytesBehind > limits.sessionBytesMax()) {
      throw tooLarge("the session would exceed " + limits.sessionBytesMax() + " bytes");
    }
  }

  private static Refusal tooLarge(String detail) {
    return new Refusal(Problem.of(ErrorCode.LIMIT_EXCEEDED, detail));
  }
}
