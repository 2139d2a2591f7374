package dev.sojourn.policy.format;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.YamlComments.Comment;
import dev.sojourn.yaml.YamlNode;
import dev.sojourn.yaml.YamlNode.Entry;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlNode.Scalar;
import dev.sojourn.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a document line by line. */
final class Printer {
  private final Attached attached;
  private final List<String> lines = new ArrayList<>();

  Printer(Attached attached) {
    this.attached = attached;
  }

  String print(Mapping root) {
    mapping(root, ImmutableList.of(), 0, "");
    for (Comment comment : attached.trailing()) {
      if (attached.isApart(comment) && !lines.isEmpty()) {
        blank();
      }
      lines.add(" ".repeat(comment.column() - 1) + "#" + comment.text());
    }
    return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
  }

  /**
   * Writes keys, each on its line.
   *
   * @param prefix of the first line, in place of its indentation, where a list's dash stands there
   */
  private void mapping(Mapping mapping, ImmutableList<String> path, int indent, String prefix) {
    String start = prefix;
    boolean isFirst = true;
    for (Entry entry : ordered(mapping)) {
      boolean isItself = isFirst && !prefix.isEmpty();
      if (!isFirst && path.size() < 4 && attached.isApart(entry)) {
        blank();
      }
      for (String comment : attached.above(entry)) {
        // Above the dash, since nothing may stand between it and its first key.
        lines.add(" ".repeat(isItself ? prefix.indexOf('-') : indent) + "#" + comment);
      }
      entry(entry, child(path, entry.key().text()), indent, start);
      start = "";
      isFirst = false;
    }
  }

  /** Names that the author gave stay in his order: for classes it has a meaning. */
  private static List<Entry> ordered(Mapping mapping) {
    List<Entry> entries = new ArrayList<>(mapping.entries());
    if (Layout.isOrdered(entries.stream().map(entry -> entry.key().text()).toList())) {
      entries.sort(Comparator.comparingInt(entry -> Layout.rank(entry.key().text())));
    }
    return entries;
  }

  private void entry(Entry entry, ImmutableList<String> path, int indent, String prefix) {
    String head =
        (prefix.isEmpty() ? " ".repeat(indent) : prefix) + Scalars.inList(entry.key()) + ":";
    String comment = comment(attached.beside(entry));
    YamlNode value = entry.value();
    if (value instanceof Scalar scalar) {
      scalar(head, scalar, path, indent, comment);
    } else if (isInline(value, path)) {
      inline(head, value, indent, comment);
    } else {
      lines.add(head + comment);
      if (value instanceof Mapping mapping) {
        mapping(mapping, path, indent + 2, "");
      } else if (value instanceof Sequence sequence) {
        sequence(sequence, path, indent + 2);
      }
    }
  }

  private boolean isInline(YamlNode value, ImmutableList<String> path) {
    boolean isEmpty =
        (value instanceof Mapping mapping && mapping.entries().isEmpty())
            || (value instanceof Sequence sequence && sequence.items().isEmpty());
    return isEmpty || (Layout.isInline(path) && !attached.isCommented(value));
  }

  private void sequence(Sequence sequence, ImmutableList<String> path, int indent) {
    boolean isFirst = true;
    for (YamlNode item : sequence.items()) {
      if (!isFirst && attached.isApart(item)) {
        blank();
      }
      isFirst = false;
      attached.above(item).forEach(comment -> lines.add(" ".repeat(indent) + "#" + comment));
      String dash = " ".repeat(indent) + "- ";
      ImmutableList<String> itemPath = child(path, "-");
      if (item instanceof Mapping mapping && !mapping.entries().isEmpty()) {
        mapping(mapping, itemPath, indent + 2, dash);
      } else {
        lines.add(dash + onOneLine(item) + comment(attached.beside(item)));
      }
    }
  }

  /** On one line, or wrapped, where it is a list; else key by key. */
  private void inline(String head, YamlNode value, int indent, String comment) {
    String line = head + " " + onOneLine(value);
    if (line.length() <= Layout.WIDTH_MAX) {
      lines.add(line + comment);
    } else if (value instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      lines.add(head + comment);
      for (Entry entry : ordered(mapping)) {
        inline(
            " ".repeat(indent + 2) + Scalars.inList(entry.key()) + ":",
            entry.value(),
            indent + 2,
            "");
      }
    } else if (value instanceof Sequence sequence) {
      wrapped(head, sequence, indent, comment);
    } else {
      lines.add(line + comment);
    }
  }

  private void wrapped(String head, Sequence sequence, int indent, String comment) {
    lines.add(head + comment);
    String margin = " ".repeat(indent + 2);
    StringBuilder line = new StringBuilder(margin).append('[');
    for (int i = 0; i < sequence.items().size(); i++) {
      boolean isLast = i == sequence.items().size() - 1;
      String item = onOneLine(sequence.items().get(i)) + (isLast ? "]" : ",");
      boolean isFull = line.length() + 1 + item.length() > Layout.WIDTH_MAX;
      if (i > 0 && isFull) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(margin);
      }
      line.append(i == 0 ? "" : " ").append(item);
    }
    lines.add(line.toString());
  }

  private static String onOneLine(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return ordered(mapping).stream()
          .map(entry -> Scalars.inList(entry.key()) + ": " + onOneLine(entry.value()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node instanceof Sequence sequence) {
      return sequence.items().stream()
          .map(Printer::onOneLine)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return Scalars.inList((Scalar) node);
  }

  private void scalar(
      String head, Scalar scalar, ImmutableList<String> path, int indent, String comment) {
    boolean isWhy = path.size() == 5 && path.get(4).equals("why");
    String prose = scalar.text().strip().replaceAll("\\s+", " ");
    if (!isWhy) {
      lines.add(head + " " + Scalars.behindKey(scalar) + comment);
    } else if ((head + " " + prose).length() > Layout.WIDTH_MAX) {
      lines.add(head + " >-" + comment);
      String margin = " ".repeat(indent + 2);
      for (String line : Scalars.wrap(prose, Layout.WIDTH_MAX - margin.length())) {
        lines.add(margin + line);
      }
    } else {
      lines.add(head + " " + (Scalars.isProse(prose) ? prose : Scalars.quote(prose)) + comment);
    }
  }

  private void blank() {
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).isBlank()) {
      lines.add("");
    }
  }

  private static String comment(ImmutableList<String> beside) {
    return beside.stream().map(text -> " #" + text).collect(Collectors.joining());
  }

  private static ImmutableList<String> child(ImmutableList<String> path, String key) {
    return ImmutableList.<String>builder().addAll(path).add(key).build();
  }
}
