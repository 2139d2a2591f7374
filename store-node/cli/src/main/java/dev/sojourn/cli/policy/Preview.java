package dev.sojourn.cli.policy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one node says that a policy would have to move from it.
 *
 * @param share of its store that it has looked at, from 0 to 1: all counts are of that alone
 */
record Preview(String pop, double share, long unreadable, Map<String, Moves> namespaces) {
  private static final double PERCENT = 100;

  /** Of one namespace, or of several. */
  record Moves(long live, long frozen, Map<String, Long> to, long parts, long nowhere) {
    /** How many sessions might not stay, and would not. */
    long moved() {
      return nowhere + to.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @throws IllegalStateException if it is something else that the node has answered
   */
  static Preview of(JsonObject json) {
    Map<String, Moves> namespaces = new TreeMap<>();
    for (Map.Entry<String, JsonElement> each : member(json, "namespaces").entrySet()) {
      JsonObject told = each.getValue().getAsJsonObject();
      Map<String, Long> to = new TreeMap<>();
      member(told, "to")
          .entrySet()
          .forEach(pop -> to.put(pop.getKey(), pop.getValue().getAsLong()));
      namespaces.put(
          each.getKey(),
          new Moves(
              number(told, "live"),
              number(told, "frozen"),
              to,
              number(told, "parts"),
              number(told, "nowhere")));
    }
    return new Preview(
        element(json, "pop").getAsString(),
        element(json, "share").getAsDouble(),
        number(json, "unreadable"),
        namespaces);
  }

  private static JsonElement element(JsonObject json, String name) {
    JsonElement value = json.get(name);
    if (value == null) {
      throw new IllegalStateException("no `" + name + "`");
    }
    return value;
  }

  private static JsonObject member(JsonObject json, String name) {
    return element(json, name).getAsJsonObject();
  }

  private static long number(JsonObject json, String name) {
    return element(json, name).getAsLong();
  }

  private long live() {
    return namespaces.values().stream().mapToLong(Moves::live).sum();
  }

  private long moved() {
    return namespaces.values().stream().mapToLong(Moves::moved).sum();
  }

  private boolean isSample() {
    return share < 1;
  }

  private long inAll(long counted) {
    return share > 0 ? Math.round(counted / share) : 0;
  }

  /** For a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        pop
            + ": "
            + mightNotStay(moved(), live())
            + (isSample()
                ? " in the %.1f %% of its store that was looked at: about %d in all"
                    .formatted(PERCENT * share, inAll(moved()))
                : ""));
    namespaces.forEach(
        (name, moves) -> {
          if (moves.moved() + moves.frozen() + moves.parts() > 0) {
            lines.add("  " + name + ": " + whereto(moves));
          }
        });
    if (unreadable > 0) {
      lines.add("  " + Words.count(unreadable, "record") + " unreadable, not judged");
    }
    return lines;
  }

  private static String whereto(Moves moves) {
    List<String> parts = new ArrayList<>();
    moves.to().forEach((pop, count) -> parts.add(count + " would go to " + pop));
    if (moves.nowhere() > 0) {
      parts.add(moves.nowhere() + " could go nowhere, and would be erased after the grace");
    }
    if (moves.parts() > 0) {
      parts.add(
          Words.count(moves.parts(), "part")
              + " of split sessions might not be kept here: fetched, or erased after the grace");
    }
    if (moves.frozen() > 0) {
      parts.add(moves.frozen() + " frozen, and would be left");
    }
    return String.join("; ", parts);
  }

  /** What several nodes come to. */
  static String sum(List<Preview> all) {
    boolean isSample = all.stream().anyMatch(Preview::isSample);
    long live = all.stream().mapToLong(each -> each.inAll(each.live())).sum();
    long moved = all.stream().mapToLong(each -> each.inAll(each.moved())).sum();
    return all.size() + " nodes: " + (isSample ? "about " : "") + mightNotStay(moved, live);
  }

  private static String mightNotStay(long moved, long live) {
    return moved + " of " + Words.count(live, "live session") + " might not stay";
  }
}
