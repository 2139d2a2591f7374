package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** A part of a YAML document, with its place. Immutable. */
public sealed interface YamlNode permits YamlNode.Scalar, YamlNode.Sequence, YamlNode.Mapping {
  Span span();

  /**
   * @param text as written, quotes and escapes resolved
   * @param quoted whether it stood in quotes or in a block, and so is meant as it is even if empty
   */
  record Scalar(Span span, String text, boolean quoted) implements YamlNode {
    /** Whether a key stands there with nothing behind it. */
    boolean isBlank() {
      return text.isEmpty() && !quoted;
    }
  }

  record Sequence(Span span, ImmutableList<YamlNode> items) implements YamlNode {}

  /**
   * @param entries in the order of the file, no key twice
   */
  record Mapping(Span span, ImmutableList<Entry> entries) implements YamlNode {
    public Optional<YamlNode> find(String key) {
      return entries.stream()
          .filter(entry -> entry.key().text().equals(key))
          .map(Entry::value)
          .findFirst();
    }
  }

  record Entry(Scalar key, YamlNode value) {}
}
