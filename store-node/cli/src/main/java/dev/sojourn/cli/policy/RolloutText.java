package dev.sojourn.cli.policy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How policies stand at a node, for a person. */
final class RolloutText {
  private final JsonObject status;
  private final StringBuilder lines = new StringBuilder();

  /**
   * @param status what {@code /policy} answers
   */
  RolloutText(JsonObject status) {
    this.status = status;
  }

  /** Whether all POPs are known to hold the same; so too where there is no policy. */
  boolean isEverywhere() {
    return !hasPolicy() || (takesBundles() && behind() == 0);
  }

  private boolean hasPolicy() {
    return status.get("has_policy").getAsBoolean();
  }

  private boolean takesBundles() {
    return !status.getAsJsonArray("signers").isEmpty();
  }

  String render() {
    String pop = status.get("pop").getAsString();
    if (!hasPolicy()) {
      return pop + ": no policy; data may be stored and seen anywhere\n";
    }
    JsonObject deciding = status.getAsJsonObject("deciding");
    List<String> versions = new ArrayList<>();
    deciding.getAsJsonArray("versions").forEach(each -> versions.add(each.getAsString()));
    lines.append(
        "%s: version %s %s, since %s\n"
            .formatted(
                pop,
                String.join(" and version ", versions),
                versions.size() == 1 ? "decides" : "decide together, the stricter each time",
                text(deciding, "since")));
    entry("settled", status.getAsJsonObject("settled"), "");
    if (status.has("main")) {
      entry("for all", status.getAsJsonObject("main"), "; waits for " + behindText());
    }
    if (status.has("trial")) {
      trial(status.getAsJsonObject("trial"));
    }
    pops();
    sweep();
    if (status.has("last_refusal")) {
      JsonObject last = status.getAsJsonObject("last_refusal");
      String from = last.has("from") ? "from " + text(last, "from") : "pushed here";
      line("refused", text(last, "at") + ", " + from + ": " + firstLine(text(last, "reason")));
    }
    return lines.toString();
  }

  private void entry(String name, JsonObject entry, String more) {
    String origin =
        entry.has("key")
            ? "signed " + text(entry, "signed") + " by " + text(entry, "key")
            : "`policy` of node.yaml";
    line(
        name,
        "version %s (%s), %s%s"
            .formatted(text(entry, "version"), text(entry, "policy"), origin, more));
  }

  private void trial(JsonObject entry) {
    String stage = text(entry, "stage");
    if (stage.equals("shadow")) {
      JsonObject shadow = status.getAsJsonObject("shadow");
      entry("in shadow", entry, "");
      line(
          "",
          "would have allowed less %s times, more %s times"
              .formatted(text(shadow, "narrower"), text(shadow, "wider")));
    } else {
      entry("on trial", entry, ", " + stage.replace(",", ", "));
    }
  }

  private void pops() {
    if (!takesBundles()) {
      line("POPs", "takes no signed policies: `policy-signers` is not set");
      return;
    }
    String name = "POPs";
    for (JsonElement each : status.getAsJsonArray("pops")) {
      JsonObject pop = each.getAsJsonObject();
      line(name, String.format(Locale.ROOT, "%-12s %s", text(pop, "pop"), standing(pop)));
      name = "";
    }
  }

  private static String standing(JsonObject pop) {
    String version = text(pop, "version");
    return switch (text(pop, "standing")) {
      case "holds" -> version.equals("0") ? "has taken none" : "holds version " + version;
      case "refuses" -> "refuses it: " + firstLine(text(pop, "reason"));
      case "unheard" -> "not heard of since this node has started";
      case "older" -> "is of a release without signed policies";
      default ->
          version.equals("0") ? "has taken none yet" : "holds version " + version + ", behind";
    };
  }

  private void sweep() {
    JsonObject sweep = status.getAsJsonObject("sweep");
    String stage = text(sweep, "stage");
    line(
        "sweep",
        stage.equals("idle")
            ? "nothing to do"
            : stage + ", " + text(sweep, "left") + " left" + unreadable(sweep));
  }

  private static String unreadable(JsonObject sweep) {
    boolean isAny = sweep.has("unreadable") && sweep.get("unreadable").getAsLong() > 0;
    return isAny ? "; " + text(sweep, "unreadable") + " records unreadable, not judged" : "";
  }

  private long behind() {
    return status.getAsJsonArray("pops").asList().stream()
        .filter(each -> !text(each.getAsJsonObject(), "standing").equals("holds"))
        .count();
  }

  private String behindText() {
    return status.getAsJsonArray("pops").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(each -> !text(each, "standing").equals("holds"))
        .map(each -> text(each, "pop"))
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private void line(String name, String value) {
    lines.append(String.format(Locale.ROOT, "  %-10s %s%n", name, value));
  }
}
