package dev.sojourn.policy.format;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlComments;
import dev.sojourn.yaml.YamlComments.Comment;
import dev.sojourn.yaml.YamlNode;
import dev.sojourn.yaml.YamlNode.Entry;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Comments and blank lines with what they belong to: one that stands alone with what comes next,
 * one at the end of a line with what begins first on that line.
 */
final class Attached {
  private final List<Anchor> anchors = new ArrayList<>();
  private final IdentityHashMap<Object, Anchor> byPart = new IdentityHashMap<>();
  private final ImmutableList<String> lines;
  private final List<Comment> trailing = new ArrayList<>();

  /** An entry of a mapping or an item of a list, in the order of the file. */
  private static final class Anchor {
    private final Span span;
    private final boolean isBlock;
    private final List<Comment> above = new ArrayList<>();
    private final List<Comment> beside = new ArrayList<>();

    /**
     * @param isBlock whether its first key stands on the same line and takes what stands beside
     */
    Anchor(Span span, boolean isBlock) {
      this.span = span;
      this.isBlock = isBlock;
    }
  }

  Attached(Mapping root, YamlComments comments, String text) {
    this.lines = ImmutableList.copyOf(Splitter.onPattern("\r\n|[\r\n]").split(text));
    collect(root);
    for (Comment comment : comments.comments()) {
      if (comment.alone()) {
        anchors.stream()
            .filter(anchor -> anchor.span.line() > comment.line())
            .findFirst()
            .map(anchor -> anchor.above)
            .orElse(trailing)
            .add(comment);
      } else {
        on(comment.line()).add(comment);
      }
    }
  }

  /** Beside what begins on that line; beside the last before it, where nothing does. */
  private List<Comment> on(int line) {
    Anchor found = null;
    for (Anchor anchor : anchors) {
      boolean isBetter = found == null || found.span.line() < anchor.span.line();
      found = !anchor.isBlock && anchor.span.line() <= line && isBetter ? anchor : found;
    }
    return found == null ? trailing : found.beside;
  }

  private void collect(YamlNode node) {
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        add(entry, entry.key().span(), false);
        collect(entry.value());
      }
    } else if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        add(item, item.span(), item instanceof Mapping each && !each.entries().isEmpty());
        collect(item);
      }
    }
  }

  private void add(Object part, Span span, boolean isBlock) {
    Anchor anchor = new Anchor(span, isBlock);
    anchors.add(anchor);
    byPart.put(part, anchor);
  }

  /** The comments that stand above an entry or an item. */
  ImmutableList<String> above(Object part) {
    return texts(anchor(part).above);
  }

  /** The comments that stand at the end of its first line. */
  ImmutableList<String> beside(Object part) {
    return texts(anchor(part).beside);
  }

  /** What stands below everything, each with its column. */
  ImmutableList<Comment> trailing() {
    return ImmutableList.copyOf(trailing);
  }

  /** Whether a blank line stands above it and its comments. */
  boolean isApart(Object part) {
    Anchor anchor = anchor(part);
    int first = anchor.above.isEmpty() ? anchor.span.line() : anchor.above.get(0).line();
    return first >= 2 && lines.get(first - 2).isBlank();
  }

  boolean isApart(Comment comment) {
    return comment.line() >= 2 && lines.get(comment.line() - 2).isBlank();
  }

  /** Whether any comment stands inside {@code node}. */
  boolean isCommented(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return mapping.entries().stream()
          .anyMatch(entry -> hasComment(entry) || isCommented(entry.value()));
    }
    return node instanceof Sequence sequence
        && sequence.items().stream().anyMatch(item -> hasComment(item) || isCommented(item));
  }

  private boolean hasComment(Object part) {
    Anchor anchor = anchor(part);
    return !anchor.above.isEmpty() || !anchor.beside.isEmpty();
  }

  private Anchor anchor(Object part) {
    Anchor anchor = byPart.get(part);
    if (anchor == null) {
      throw new IllegalArgumentException("not a part of this document");
    }
    return anchor;
  }

  private static ImmutableList<String> texts(List<Comment> comments) {
    return comments.stream().map(Comment::text).collect(ImmutableList.toImmutableList());
  }
}
