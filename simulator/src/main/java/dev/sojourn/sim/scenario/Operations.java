package dev.sojourn.sim.scenario;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Operations in words: {@code puts cart=1 and gets cart}. */
public final class Operations {
  private Operations() {}

  public static ImmutableList<Operation> parse(List<String> words) {
    ImmutableList.Builder<Operation> operations = ImmutableList.builder();
    int start = 0;
    for (int i = 0; i <= words.size(); i++) {
      if (i == words.size() || words.get(i).equals("and")) {
        operations.add(parseOne(words.subList(start, i)));
        start = i + 1;
      }
    }
    return operations.build();
  }

  private static Operation parseOne(List<String> words) {
    String verb = words.isEmpty() ? "" : words.get(0);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (verb) {
      case "gets" -> new Operation.Get(ImmutableList.copyOf(rest));
      case "puts" ->
          new Operation.Put(
              name(rest.get(0)), new Field(value(rest.get(0)), "", Field.DEFAULT_CLASS));
      case "appends" -> new Operation.Append(name(rest.get(0)), value(rest.get(0)));
      case "removes" -> new Operation.Remove(rest.get(0));
      case "increments" -> new Operation.Increment(rest.get(0), Long.parseLong(rest.get(2)));
      case "requires" -> new Operation.RequireVersion(Long.parseLong(rest.get(0).substring(1)));
      case "touches" -> new Operation.Touch();
      case "rotates" -> new Operation.Rotate();
      case "destroys" -> new Operation.Destroy();
      default -> throw new IllegalArgumentException("`" + verb + "` is not an operation");
    };
  }

  private static String name(String assignment) {
    return assignment.substring(0, assignment.indexOf('='));
  }

  static Bytes value(String assignment) {
    String value = assignment.substring(assignment.indexOf('=') + 1);
    return Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8));
  }
}
