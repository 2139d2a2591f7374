package dev.sojourn.cli.status;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What one node tells on its admin port, as text for a person or as JSON for a program. */
final class NodeReport {
  private static final double GIB = 1L << 30;

  private final JsonObject status;
  private final Metrics metrics;

  /**
   * @param status what {@code /status} answers
   * @param metrics what {@code /metrics} answers
   */
  NodeReport(JsonObject status, Metrics metrics) {
    this.status = status;
    this.metrics = metrics;
  }

  boolean isReady() {
    return text("phase").equals("ready");
  }

  String asText() {
    StringBuilder lines = new StringBuilder();
    lines.append(
        String.format("%s  %s, up %s%n", text("pop"), text("phase"), span(number("up_millis"))));
    line(lines, "sessions", sessions());
    line(
        lines,
        "unconfirmed",
        String.format(
            Locale.ROOT,
            "%d grants, the oldest for %s; %d confirms and %d announces to repeat",
            number("grants_unconfirmed"),
            span(number("oldest_unconfirmed_grant_millis")),
            number("confirms_owed"),
            number("announces_owed")));
    line(lines, "requests", counts(metrics.byLabel("sojourn_requests_total", "how")));
    line(lines, "refused", counts(metrics.byLabel("sojourn_refusals_total", "code")));
    line(
        lines,
        "queues",
        String.format(
            Locale.ROOT,
            "%d calls open on %d streams, %d events, %d commits",
            number("calls_open"),
            number("streams_open"),
            number("events_queued"),
            number("commits_queued")));
    line(lines, "syncs", syncs());
    line(
        lines,
        "disk",
        String.format(Locale.ROOT, "%.1f GiB free", number("disk_free_bytes") / GIB));
    line(lines, "policy", policy());
    line(lines, "sweep", sweep());
    line(lines, "links", number("peer_links") + " POPs");
    line(lines, "alarms", counts(metrics.byLabel("sojourn_alarms_total", "kind")));
    return lines.toString();
  }

  JsonObject asJson() {
    JsonObject json = status.deepCopy();
    json.add("requests", object(metrics.byLabel("sojourn_requests_total", "how")));
    json.add("refusals", object(metrics.byLabel("sojourn_refusals_total", "code")));
    json.add("alarms", object(metrics.byLabel("sojourn_alarms_total", "kind")));
    metrics
        .value("sojourn_store_sync_seconds_count")
        .ifPresent(count -> json.addProperty("syncs", Math.round(count)));
    meanSyncMillis().ifPresent(mean -> json.addProperty("sync_mean_ms", mean));
    return json;
  }

  private String sessions() {
    JsonElement sessions = status.get("sessions");
    if (sessions == null || !sessions.isJsonObject()) {
      return "not told";
    }
    String states =
        sessions.getAsJsonObject().entrySet().stream()
            .filter(state -> state.getValue().getAsLong() > 0)
            .map(state -> state.getValue().getAsLong() + " " + state.getKey())
            .collect(Collectors.joining(", "));
    return states.isEmpty() ? "none counted yet" : states;
  }

  /** Which residency policy decides, and who holds it. */
  private String policy() {
    JsonElement told = status.get("policy");
    if (told == null || !told.isJsonObject() || !told.getAsJsonObject().has("deciding")) {
      return "none";
    }
    JsonObject policy = told.getAsJsonObject();
    String decides = policy.getAsJsonObject("deciding").get("policy").getAsString();
    return policy.get("takes_bundles").getAsBoolean()
        ? String.format(
            Locale.ROOT,
            "%s decides; the newest is version %d, held by %d of %d POPs",
            decides,
            policy.get("newest").getAsLong(),
            policy.get("held_by").getAsLong(),
            policy.get("pops").getAsLong())
        : decides + " decides";
  }

  /** What a new policy no longer lets rest at this POP. */
  private String sweep() {
    JsonElement told = status.get("sweep");
    if (told == null || !told.isJsonObject()) {
      return "not told";
    }
    JsonObject sweep = told.getAsJsonObject();
    String stage = sweep.get("stage").getAsString();
    return stage.equals("idle")
        ? "nothing to do"
        : String.format(
                Locale.ROOT,
                "%s for policy %s: of %d sessions %d moved, %d erased, %d left (%d of them frozen)",
                stage,
                sweep.get("policy").getAsString(),
                sweep.get("found").getAsLong(),
                sweep.get("moved").getAsLong(),
                sweep.get("erased").getAsLong(),
                sweep.get("left").getAsLong(),
                sweep.get("frozen").getAsLong())
            + unreadable(sweep);
  }

  private static String unreadable(JsonObject sweep) {
    JsonElement told = sweep.get("unreadable");
    long count = told == null ? 0 : told.getAsLong();
    return count == 0 ? "" : "; " + count + " records unreadable, not judged";
  }

  private String syncs() {
    OptionalDouble mean = meanSyncMillis();
    return mean.isEmpty()
        ? "none"
        : String.format(
            Locale.ROOT,
            "%.0f, %.2f ms each",
            metrics.value("sojourn_store_sync_seconds_count").orElse(0),
            mean.getAsDouble());
  }

  private OptionalDouble meanSyncMillis() {
    double count = metrics.value("sojourn_store_sync_seconds_count").orElse(0);
    OptionalDouble sum = metrics.value("sojourn_store_sync_seconds_sum");
    return count == 0 || sum.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(1e3 * sum.getAsDouble() / count);
  }

  private String text(String name) {
    JsonElement value = status.get(name);
    return value == null ? "?" : value.getAsString();
  }

  private long number(String name) {
    JsonElement value = status.get(name);
    return value == null ? 0 : value.getAsLong();
  }

  private static String counts(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
  }

  private static JsonObject object(Map<String, Long> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::addProperty);
    return json;
  }

  private static String span(long millis) {
    Duration span = Duration.ofMillis(millis);
    if (span.toHours() > 0) {
      return span.toHours() + " h " + span.toMinutesPart() + " min";
    }
    return span.toMinutes() > 0
        ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
        : span.toSeconds() + " s";
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
  }
}
