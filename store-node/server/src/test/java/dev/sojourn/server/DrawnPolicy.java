package dev.sojourn.server;

import dev.sojourn.policy.Policy;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Policies of the namespace {@code shop}, drawn from a seed, for POPs in the US, DE and JP. */
final class DrawnPolicy {
  static final List<String> RESIDENCIES = List.of("US", "US", "DE", "JP", "BR");

  /** A policy that forbids nothing to anybody of a known country. */
  static final String OPEN =
      """
      version: open
      namespaces:
        shop:
          rules:
            - {id: anywhere, why: no duty, store: anywhere}
      """;

  private static final List<String> STORES =
      List.of("anywhere", "home", "US", "eea", "[home, US]", "[US, JP]", "[home, eea]");

  private final SplittableRandom random;

  DrawnPolicy(SplittableRandom random) {
    this.random = random;
  }

  /** The fields that the classes of every drawn policy claim, and one of no class. */
  static final List<String> FIELDS = List.of("name", "user.mail", "card", "cart", "other");

  String draw() {
    StringBuilder text =
        new StringBuilder("version: drawn\nclasses:\n")
            .append("  identity: {sensitive: true, fields: [name, \"user.*\"]}\n")
            .append("  payment: {sensitive: " + random.nextBoolean() + ", fields: [card]}\n")
            .append("  cart: {fields: [cart]}\nnamespaces:\n  shop:\n    grace: 1s\n    rules:\n");
    int rules = 0;
    for (String name : List.of("identity", "payment", "cart", "default")) {
      for (String when : List.of(residency(), "")) {
        String rule = rule(name + rules, name, when);
        if (random.nextInt(5) > 0 && isSound(text + rule)) {
          text.append(rule);
          rules++;
        }
      }
    }
    return rules == 0 ? OPEN : text.toString();
  }

  private String residency() {
    return ", residency: " + pick(List.of("US", "eea", "[DE, JP]"));
  }

  private String rule(String id, String dataClass, String when) {
    String store = pick(STORES);
    String access = random.nextBoolean() ? "" : ", access: " + pick(List.of("anywhere", store));
    String otherwise = pick(List.of("nearest", "nearest", "remote", "deny", "redact", "redact"));
    return "      - {id: %s, why: drawn, when: {class: %s%s}, store: %s%s, else: %s}\n"
        .formatted(id, dataClass, when, store, access, otherwise);
  }

  private static boolean isSound(String text) {
    return read(text).isPresent();
  }

  static Optional<Policy> read(String text) {
    YamlProblems problems = YamlProblems.of("policy.yaml");
    return PolicyReader.read(text.getBytes(StandardCharsets.UTF_8), problems);
  }

  private String pick(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
