package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.YamlNode.Entry;
import dev.sojourn.yaml.YamlNode.Mapping;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A mapping with known keys, read key by key. Ask for every key that may stand there, then call
 * {@link #finish()}, which reports the ones that nobody asked for. Not thread-safe.
 */
public final class YamlFields {
  private final Mapping mapping;
  private final YamlProblems problems;
  private final Set<String> known = new LinkedHashSet<>();

  YamlFields(Mapping mapping, YamlProblems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  public Span span() {
    return mapping.span();
  }

  /** As it was read, for those who write it anew. */
  public YamlNode.Mapping asRead() {
    return mapping;
  }

  public YamlProblems problems() {
    return problems;
  }

  /** What stands at {@code key}, or an absent value. */
  public YamlValue get(String key) {
    known.add(key);
    return mapping
        .find(key)
        .map(node -> new YamlValue("key `" + key + "`", node, problems))
        .orElseGet(() -> new YamlValue("key `" + key + "`", mapping.span(), problems));
  }

  /** What stands at {@code key}; its absence is a problem. */
  public YamlValue require(String key) {
    YamlValue value = get(key);
    if (!value.isPresent()) {
      problems.add(mapping.span(), "key `" + key + "` is missing");
    }
    return value;
  }

  /** Reports every key that was not asked for. */
  public void finish() {
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key().text())) {
        problems.addUnknown(entry.key().span(), "key", entry.key().text(), known);
      }
    }
  }

  /** The keys of a mapping whose keys are data rather than known words, in the file's order. */
  public ImmutableList<YamlValue> keys() {
    return mapping.entries().stream()
        .map(entry -> new YamlValue("this key", entry.key(), problems))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The keys of a mapping whose keys are data, each with what stands there, in the file's order.
   * Unlike asking key by key, its cost does not grow with the square of a long file.
   */
  public ImmutableList<Named> entries() {
    return mapping.entries().stream()
        .map(
            entry ->
                new Named(
                    new YamlValue("this key", entry.key(), problems),
                    new YamlValue("key `" + entry.key().text() + "`", entry.value(), problems)))
        .collect(ImmutableList.toImmutableList());
  }

  /** A key that is data, and what stands there. */
  public record Named(YamlValue key, YamlValue value) {}
}
