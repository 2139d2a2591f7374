package dev.sojourn.policy.format;

import dev.sojourn.yaml.YamlNode;
import dev.sojourn.yaml.YamlNode.Entry;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlNode.Scalar;
import dev.sojourn.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document without its places and its layout. */
final class Meaning {
  private Meaning() {}

  /** Equal for documents that say the same; the order of keys says something in some mappings. */
  static Object of(YamlNode node) {
    if (node instanceof Mapping mapping) {
      Map<String, Object> values = new LinkedHashMap<>();
      List<String> order = new ArrayList<>();
      for (Entry entry : mapping.entries()) {
        values.put(entry.key().text(), of(entry.value()));
        order.add(entry.key().text());
      }
      return Layout.isOrdered(order) ? values : List.of(order, values);
    }
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().map(Meaning::of).toList();
    }
    return ((Scalar) node).text().strip().replaceAll("\\s+", " ");
  }
}
