package dev.sojourn.sim.check;

import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a session must hold, as far as that is known: the sequential specification, told without the
 * core's own code. Immutable.
 *
 * @param known the value of each field that is known; empty for one that is known to be absent
 * @param whole whether a field that is not named is known to be absent
 */
record Fields(Map<String, Optional<Bytes>> known, boolean whole) {
  static final Fields NONE = new Fields(Map.of(), true);
  static final Fields UNKNOWN = new Fields(Map.of(), false);

  /**
   * What is known after the request, or nothing if its results cannot be.
   *
   * @param answer what the client was told; without one any results are
   */
  Optional<Fields> after(SessionRequest request, Optional<Outcome.Success> answer) {
    Map<String, Optional<Bytes>> next = new TreeMap<>(known);
    int count = request.operations().size();
    boolean told = answer.filter(each -> each.results().size() == count).isPresent();
    for (int i = 0; i < count; i++) {
      OperationResult result =
          told ? answer.get().results().get(i) : new OperationResult.Withheld();
      boolean redacted = told && answer.get().flags().redacted();
      if (!apply(next, request.operations().get(i), result, redacted)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Fields(next, whole));
  }

  /** Whether the result can be; changes {@code next} to what is known then. */
  private boolean apply(
      Map<String, Optional<Bytes>> next,
      Operation operation,
      OperationResult result,
      boolean redacted) {
    if (operation instanceof Operation.Put put) {
      next.put(put.name(), Optional.of(put.field().value()));
    } else if (operation instanceof Operation.Remove remove) {
      next.put(remove.name(), Optional.empty());
    } else if (operation instanceof Operation.Append append) {
      return append(next, append, result);
    } else if (operation instanceof Operation.Increment increment) {
      return increment(next, increment, result);
    } else if (operation instanceof Operation.Get get
        && result instanceof OperationResult.FieldsRead read) {
      return read(next, get, read, redacted);
    }
    return true;
  }

  /** The value, if it is known whether there is one. */
  private Optional<Optional<Bytes>> find(Map<String, Optional<Bytes>> now, String name) {
    Optional<Bytes> found = now.get(name);
    return found != null || !whole
        ? Optional.ofNullable(found)
        : Optional.of(Optional.<Bytes>empty());
  }

  private boolean append(
      Map<String, Optional<Bytes>> next, Operation.Append append, OperationResult result) {
    Optional<Optional<Bytes>> old = find(next, append.name());
    if (old.isEmpty()) {
      return true;
    }
    Bytes longer = old.get().orElse(Bytes.EMPTY).concat(append.suffix());
    next.put(append.name(), Optional.of(longer));
    return !(result instanceof OperationResult.Length length) || length.bytes() == longer.length();
  }

  private boolean increment(
      Map<String, Optional<Bytes>> next, Operation.Increment increment, OperationResult result) {
    Optional<Optional<Bytes>> old = find(next, increment.name());
    if (old.isEmpty()) {
      if (result instanceof OperationResult.Number number) {
        next.put(increment.name(), Optional.of(text(number.value())));
      }
      return true;
    }
    long sum;
    try {
      sum = Math.addExact(old.get().map(Fields::number).orElse(0L), increment.by());
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
    next.put(increment.name(), Optional.of(text(sum)));
    return !(result instanceof OperationResult.Number number) || number.value() == sum;
  }

  private boolean read(
      Map<String, Optional<Bytes>> next,
      Operation.Get get,
      OperationResult.FieldsRead read,
      boolean redacted) {
    // What is not shown may be there and not be seen where the client is.
    Set<String> names = new TreeSet<>(redacted ? read.fields().keySet() : get.names());
    if (names.isEmpty() && !redacted) {
      names.addAll(next.keySet());
      names.addAll(read.fields().keySet());
    }
    for (String name : names) {
      Optional<Bytes> shown = Optional.ofNullable(read.fields().get(name)).map(Field::value);
      if (find(next, name).filter(each -> !each.equals(shown)).isPresent()) {
        return false;
      }
      next.put(name, shown);
    }
    return true;
  }

  private static long number(Bytes value) {
    return Long.parseLong(new String(value.toArray(), StandardCharsets.US_ASCII));
  }

  private static Bytes text(long value) {
    return Bytes.wrap(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }
}
