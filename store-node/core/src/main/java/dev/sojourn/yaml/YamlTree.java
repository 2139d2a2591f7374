package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.YamlNode.Entry;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlNode.Scalar;
import dev.sojourn.yaml.YamlNode.Sequence;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds nodes from the parser's events rather than by the library's composer, which gives no bound
 * on depth. An alias names a finished node, so there are no loops; and it counts as many nodes as
 * what it names, so that a small file cannot become a large tree.
 */
final class YamlTree {
  static final int DEPTH_MAX = 40;
  static final int NODES_MAX = 100_000;

  private final YamlProblems problems;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  private record Anchored(YamlNode node, int nodes) {}

  /** Ends the reading; its place and message have been told. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super(null, null, false, false);
    }
  }

  YamlTree(YamlProblems problems) {
    this.problems = problems;
  }

  /** Empty for a file without content, and where reading had to end. */
  Optional<YamlNode> read(Iterator<Event> events) {
    Optional<YamlNode> root = Optional.empty();
    try {
      while (events.hasNext()) {
        Event event = events.next();
        if (event instanceof NodeEvent node) {
          if (root.isPresent()) {
            throw stop(span(event), "a second document", "keep one document in each file");
          }
          root = Optional.of(node(node, events, 1)).filter(read -> !isBlank(read));
        }
      }
      return root;
    } catch (Stopped e) {
      return Optional.empty();
    }
  }

  private YamlNode node(NodeEvent event, Iterator<Event> events, int depth) {
    if (depth > DEPTH_MAX) {
      throw stop(span(event), "nested deeper than " + DEPTH_MAX, "flatten it");
    }
    if (event instanceof AliasEvent alias) {
      return resolve(alias);
    }
    int before = nodes;
    count(event, 1);
    YamlNode node = fresh(event, events, depth);
    int size = nodes - before;
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, size)));
    return node;
  }

  private YamlNode fresh(NodeEvent event, Iterator<Event> events, int depth) {
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
      return new Scalar(span(event), scalar.getValue(), quoted);
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    refuseTag(event, start.getTag());
    return event.getEventId() == Event.ID.SequenceStart
        ? sequence(event, events, depth)
        : mapping(event, events, depth);
  }

  private Sequence sequence(NodeEvent start, Iterator<Event> events, int depth) {
    ImmutableList.Builder<YamlNode> items = ImmutableList.builder();
    for (Event next = events.next(); next instanceof NodeEvent item; next = events.next()) {
      items.add(node(item, events, depth + 1));
    }
    return new Sequence(span(start), items.build());
  }

  private Mapping mapping(NodeEvent start, Iterator<Event> events, int depth) {
    Map<String, Span> seen = new HashMap<>();
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    for (Event next = events.next(); next instanceof NodeEvent first; next = events.next()) {
      YamlNode key = node(first, events, depth + 1);
      YamlNode value = node((NodeEvent) events.next(), events, depth + 1);
      if (!(key instanceof Scalar name)) {
        problems.add(span(first), "a key that is not text", "write a name before the colon");
        continue;
      }
      Span known = seen.putIfAbsent(name.text(), name.span());
      if (known == null) {
        entries.add(new Entry(name, value));
      } else {
        problems.add(
            span(first),
            "key " + problems.quote(name.text()) + " a second time",
            "it stands on line " + known.line() + " already");
      }
    }
    return new Mapping(span(start), entries.build());
  }

  private YamlNode resolve(AliasEvent event) {
    Anchored anchored = anchors.get(event.getAlias());
    if (anchored == null) {
      throw stop(
          span(event),
          "alias " + problems.quote("*" + event.getAlias()) + " of nothing",
          "an alias repeats what was given an anchor, and ended, before it; text that begins with"
              + " `*` stands in quotes");
    }
    count(event, anchored.nodes());
    return anchored.node();
  }

  private void count(Event event, int more) {
    nodes += more;
    if (nodes > NODES_MAX) {
      throw stop(
          span(event), "more than " + NODES_MAX + " values, aliases counted", "use fewer aliases");
    }
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      problems.add(span(event), "a tag, " + problems.quote(tag.get()), "leave it out");
    }
  }

  private Stopped stop(Span span, String message, String help) {
    problems.add(span, message, help);
    return new Stopped();
  }

  private static boolean isBlank(YamlNode node) {
    return node instanceof Scalar scalar && scalar.isBlank();
  }

  private static Span span(Event event) {
    Span start = event.getStartMark().map(YamlTree::point).orElse(Span.START);
    boolean isText = event instanceof ScalarEvent || event instanceof AliasEvent;
    int length =
        event
            .getEndMark()
            .filter(end -> isText && end.getLine() + 1 == start.line())
            .map(end -> end.getColumn() + 1 - start.column())
            .orElse(1);
    return new Span(start.line(), start.column(), Math.max(1, length));
  }

  static Span point(Mark mark) {
    return new Span(mark.getLine() + 1, mark.getColumn() + 1, 1);
  }
}
