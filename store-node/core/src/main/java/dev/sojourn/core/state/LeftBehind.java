package dev.sojourn.core.state;

import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.request.Field;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionKey;
import java.util.Map;

/**
 * The pointer of a split session's owner to the part that stayed behind (rule R23). It holds no
 * value and no field's name.
 *
 * @param custodian who keeps it
 * @param stamp of the value that counts
 * @param classes of its fields, by name; one whose last field has gone may still be listed
 * @param marks of its fields ({@link FieldMark})
 * @param bytes that they count for in the limits
 */
public record LeftBehind(
    PopId custodian,
    Stamp stamp,
    ImmutableSortedSet<String> classes,
    ImmutableSortedSet<Long> marks,
    long bytes) {

  /** To these fields, as they are left with {@code custodian}. */
  public static LeftBehind of(
      PopId custodian,
      Stamp stamp,
      Iterable<String> classes,
      SessionKey session,
      Map<String, Field> fields) {
    return new LeftBehind(
        custodian,
        stamp,
        ImmutableSortedSet.copyOf(classes),
        marks(session, fields.keySet()),
        bytesOf(fields));
  }

  /** Without what is seen of it just now: so much of the limits is taken by the rest. */
  public LeftBehind without(SessionKey session, Map<String, Field> seen) {
    ImmutableSortedSet<Long> seenMarks = marks(session, seen.keySet());
    return new LeftBehind(
        custodian,
        stamp,
        classes,
        ImmutableSortedSet.copyOf(
            marks.stream().filter(mark -> !seenMarks.contains(mark)).iterator()),
        bytes - bytesOf(seen));
  }

  /** The rest together with these fields, as the next value. */
  public LeftBehind with(
      Stamp next, Iterable<String> moreClasses, SessionKey session, Map<String, Field> fields) {
    return new LeftBehind(
        custodian,
        next,
        ImmutableSortedSet.<String>naturalOrder().addAll(classes).addAll(moreClasses).build(),
        ImmutableSortedSet.<Long>naturalOrder()
            .addAll(marks)
            .addAll(marks(session, fields.keySet()))
            .build(),
        bytes + bytesOf(fields));
  }

  public static ImmutableSortedSet<Long> marks(SessionKey session, Iterable<String> names) {
    ImmutableSortedSet.Builder<Long> marks = ImmutableSortedSet.naturalOrder();
    names.forEach(name -> marks.add(FieldMark.of(session, name)));
    return marks.build();
  }

  /** What fields count for in the limits of a session. */
  public static long bytesOf(Map<String, Field> fields) {
    long bytes = 0;
    for (var field : fields.entrySet()) {
      bytes += field.getKey().length() + field.getValue().value().length();
    }
    return bytes;
  }
}
