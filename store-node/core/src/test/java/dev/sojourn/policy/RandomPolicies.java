package dev.sojourn.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Policies and topologies drawn from a seed; policies as files, so that reading is tested too. */
final class RandomPolicies {
  static final ImmutableList<String> NAMESPACES = ImmutableList.of("shop", "clinic");

  // Few, so that rules and POPs meet often.
  private static final ImmutableList<String> COUNTRIES =
      ImmutableList.of("US", "CA", "DE", "FR", "NO", "GB", "JP", "CN", "RU", "AU", "BR");
  private static final ImmutableList<String> GROUPS =
      ImmutableList.of(
          "eu", "eea", "adequate", "asia", "north-america", "own", "mixed", "anywhere");
  private static final ImmutableList<String> LABELS = ImmutableList.of("west", "pci", "edge");
  private static final ImmutableList<String> POPS = ImmutableList.of("p0", "p1", "p2", "p3");
  private static final ImmutableList<String> CLASSES =
      ImmutableList.of("identity", "payment", "cart", "default");
  private static final ImmutableList<String> OTHERWISE =
      ImmutableList.of("remote", "nearest", "redact", "deny");

  private final SplittableRandom random;

  RandomPolicies(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A policy that is accepted: rules that the reader refuses are left out again. */
  String policy() {
    String head = head();
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (String namespace : NAMESPACES) {
      rules.put(namespace, new ArrayList<>());
      for (int i = random.nextInt(7); i > 0; i--) {
        List<String> own = rules.get(namespace);
        own.add(rule("r" + i));
        if (read(text(head, rules)).isEmpty()) {
          own.remove(own.size() - 1);
        }
      }
    }
    return text(head, rules);
  }

  static Optional<Policy> read(String text) {
    return PolicyReader.read(text.getBytes(UTF_8), YamlProblems.of("policy.yaml"));
  }

  /** POPs, some of unknown country. */
  Sites sites() {
    ImmutableList.Builder<Site> sites = ImmutableList.builder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      String country = random.nextInt(8) == 0 ? "ZZ" : pick(COUNTRIES);
      Set<String> labels = new LinkedHashSet<>();
      for (int count = random.nextInt(3); count > 0; count--) {
        labels.add(pick(LABELS));
      }
      sites.add(new Site(new PopId("p" + i), new Country(country), ImmutableSet.copyOf(labels)));
    }
    return Sites.of(sites.build());
  }

  private static String text(String head, Map<String, List<String>> rules) {
    StringBuilder text = new StringBuilder(head).append("namespaces:\n");
    rules.forEach(
        (namespace, own) -> {
          text.append("  " + namespace + ":\n    rules:" + (own.isEmpty() ? " []\n" : "\n"));
          own.forEach(text::append);
        });
    return text.toString();
  }

  private String head() {
    return "version: 1."
        + random.nextInt(10)
        + "0\ngroups:\n"
        + ("  own: [" + countries() + "]\n")
        + ("  mixed: [own, " + pick(COUNTRIES) + ", label:" + pick(LABELS))
        + (random.nextBoolean() ? ", pop:" + pick(POPS) : "")
        + (random.nextBoolean() ? ", not " + pick(COUNTRIES) : "")
        + "]\nclasses:\n"
        + ("  identity: {sensitive: " + random.nextBoolean() + ", fields: [name, user.*]}\n")
        + ("  payment: {sensitive: true, fields: [card, \"*.iban\"]}\n")
        + "  cart: {fields: labelled}\n"
        + ("  default: {sensitive: " + random.nextBoolean() + "}\n");
  }

  private String rule(String id) {
    String store = places(1 + random.nextInt(3));
    String more = random.nextInt(3) == 0 ? "" : ", " + places(1);
    return "      - id: "
        + id
        + "\n        why: because\n"
        + when()
        + ("        store: [" + store + taken() + "]\n")
        + (random.nextInt(4) == 0 ? "" : "        access: [" + store + more + taken() + "]\n")
        + (random.nextInt(5) == 0 ? "" : "        else: " + pick(OTHERWISE) + "\n");
  }

  private String when() {
    boolean asksResidency = random.nextInt(4) != 0;
    boolean asksClass = random.nextInt(4) != 0;
    if (!asksResidency && !asksClass) {
      return "";
    }
    String residency = "          residency: [" + residencies() + "]\n";
    String dataClass =
        "          class: [" + pick(CLASSES) + (random.nextBoolean() ? ", " + pick(CLASSES) : "");
    return "        when:\n"
        + (asksResidency ? residency : "")
        + (asksClass ? dataClass + "]\n" : "");
  }

  private String residencies() {
    String some =
        switch (random.nextInt(4)) {
          case 0 -> "eea";
          case 1 -> "anywhere";
          case 2 -> "own";
          default -> countries();
        };
    return some
        + (random.nextInt(4) == 0 ? ", not " + pick(COUNTRIES) : "")
        + (random.nextInt(4) == 0 ? ", unknown" : "");
  }

  private String countries() {
    return pick(COUNTRIES) + ", " + pick(COUNTRIES);
  }

  private String places(int count) {
    StringBuilder places = new StringBuilder(place());
    for (int i = 1; i < count; i++) {
      places.append(", ").append(place());
    }
    return places.toString();
  }

  private String place() {
    return switch (random.nextInt(6)) {
      case 0 -> "label:" + pick(LABELS);
      case 1 -> "pop:" + pick(POPS);
      case 2 -> "home";
      case 3 -> pick(GROUPS);
      default -> pick(COUNTRIES);
    };
  }

  private String taken() {
    return random.nextInt(4) == 0 ? ", not " + place() : "";
  }

  private String pick(ImmutableList<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
