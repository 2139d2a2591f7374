package dev.sojourn.sim.swarm;

import java.util.List;

/**
 * What the policy of a small world says of one data class.
 *
 * @param store countries, or {@code home} or {@code anywhere}, joined by commas
 * @param access the same, beside {@code store}
 * @param otherwise what becomes of a session whose user is where it may not be stored
 */
public record Rule(String dataClass, String store, String access, String otherwise) {

  /** A policy file of these rules. */
  static String policy(List<Rule> rules, String version, long graceSeconds) {
    StringBuilder text =
        new StringBuilder(
            """
            version: %s
            classes:
              trail: {fields: [log], sensitive: true}
              count: {fields: [n]}
              cart: {fields: [cart, "f*"]}
            namespaces:
              shop:
                grace: %ds
                rules:
            """
                .formatted(version, graceSeconds));
    for (Rule rule : rules) {
      text.append(
          "      - {id: on-%s, why: drawn, when: {class: %s}, store: [%s], access: [%s], else: %s}\n"
              .formatted(rule.dataClass, rule.dataClass, rule.store, rule.access, rule.otherwise));
    }
    return text.toString();
  }
}
