package dev.sojourn.server.ops;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.server.policy.RolloutReport;
import dev.sojourn.server.policy.RolloutReport.Entry;
import dev.sojourn.server.policy.Spread;
import dev.sojourn.value.PopId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How policies stand at a node, as JSON. */
final class PolicyJson {
  private PolicyJson() {}

  /** All of it. */
  static JsonObject of(PopId pop, Optional<RolloutReport> told) {
    JsonObject json = new JsonObject();
    json.addProperty("pop", pop.name());
    json.addProperty("has_policy", told.isPresent());
    told.ifPresent(report -> add(json, pop, report));
    return json;
  }

  private static void add(JsonObject json, PopId self, RolloutReport report) {
    JsonArray signers = new JsonArray();
    report.signers().forEach(signers::add);
    json.add("signers", signers);
    json.addProperty("newest", newest(report));
    json.add("settled", of(report.settled()));
    report.main().ifPresent(entry -> json.add("main", of(entry)));
    report.trial().ifPresent(entry -> json.add("trial", of(entry)));
    json.add("deciding", deciding(report));
    JsonObject shadow = new JsonObject();
    shadow.addProperty("narrower", report.shadow().narrower());
    shadow.addProperty("wider", report.shadow().wider());
    json.add("shadow", shadow);
    JsonArray pops = new JsonArray();
    pops.add(pop(new Spread.Told(self, Spread.Standing.HOLDS, newest(report), Optional.empty())));
    report.others().forEach(other -> pops.add(pop(other)));
    json.add("pops", pops);
    report
        .lastRefusal()
        .ifPresent(
            refusal -> {
              JsonObject last = new JsonObject();
              last.addProperty("at", Instant.ofEpochMilli(refusal.atMillis()).toString());
              refusal.from().ifPresent(from -> last.addProperty("from", from.name()));
              last.addProperty("kind", refusal.kind());
              last.addProperty("reason", refusal.reason());
              json.add("last_refusal", last);
            });
  }

  /** The line that stands in a node's status. */
  static JsonObject summary(Optional<RolloutReport> told) {
    JsonObject json = new JsonObject();
    told.ifPresent(
        report -> {
          json.add("deciding", deciding(report));
          json.addProperty("newest", newest(report));
          json.addProperty("takes_bundles", !report.signers().isEmpty());
          json.addProperty("held_by", report.holders());
          json.addProperty("pops", 1 + report.others().size());
        });
    return json;
  }

  private static long newest(RolloutReport report) {
    long main = report.main().orElse(report.settled()).version();
    return report.trial().map(entry -> Math.max(main, entry.version())).orElse(main);
  }

  private static JsonObject deciding(RolloutReport report) {
    JsonObject json = new JsonObject();
    JsonArray versions = new JsonArray();
    report.deciding().forEach(versions::add);
    json.add("versions", versions);
    json.addProperty("policy", report.policy());
    json.addProperty("since", Instant.ofEpochMilli(report.sinceMillis()).toString());
    return json;
  }

  private static JsonObject of(Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("version", entry.version());
    json.addProperty("policy", entry.policy());
    json.addProperty("stage", entry.stage());
    entry.keyId().ifPresent(key -> json.addProperty("key", key));
    entry.signedAt().ifPresent(at -> json.addProperty("signed", at));
    return json;
  }

  private static JsonObject pop(Spread.Told other) {
    JsonObject json = new JsonObject();
    json.addProperty("pop", other.pop().name());
    json.addProperty("standing", other.standing().name().toLowerCase(Locale.ROOT));
    json.addProperty("version", other.version());
    other.reason().ifPresent(reason -> json.addProperty("reason", reason));
    return json;
  }
}
