package dev.sojourn.sim.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.sojourn.core.effect.Step;
import dev.sojourn.sim.place.Outage;
import dev.sojourn.sim.place.Site;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.regret.Regret;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.run.Results;
import dev.sojourn.sim.run.Story;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Latencies;
import dev.sojourn.sim.tally.Routes;
import dev.sojourn.sim.tally.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All that a run has shown, for programs. The same bytes for the same seed, on every JDK. */
public final class JsonReport {
  /** Grows when the meaning of a key changes. */
  private static final int FORMAT = 1;

  private static final int ROUTES_MAX = 3_000;
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private final Results results;
  private final Scenario scenario;
  private final String command;

  private JsonReport(Results results, String command) {
    this.results = results;
    this.scenario = results.scenario();
    this.command = command;
  }

  /**
   * @param command that repeats the run
   */
  public static String of(Results results, String command) {
    StringBuilder json = new StringBuilder();
    // A line for each part: short enough to look at, and not a line for each of many numbers.
    new JsonReport(results, command)
        .all()
        .entrySet()
        .forEach(
            part ->
                json.append(json.length() == 0 ? "{" : ",\n")
                    .append(GSON.toJson(part.getKey()))
                    .append(':')
                    .append(GSON.toJson(part.getValue())));
    return json.append("}\n").toString();
  }

  private JsonObject all() {
    JsonObject all = new JsonObject();
    all.addProperty("format", FORMAT);
    all.add("scenario", scenario());
    all.add("pops", pops());
    JsonArray strategies = new JsonArray();
    Ranking.of(results).forEach(each -> strategies.add(strategy(each)));
    all.add("strategies", strategies);
    JsonObject bound = new JsonObject();
    bound.add("curve", curve(results.own().bound()));
    bound.addProperty("beyond", results.own().beyondBound());
    all.add("bound", bound);
    all.add("handOffs", routes(results.own().handOffs()));
    all.add("refusals", routes(results.own().refusals()));
    all.add("regret", regret());
    all.add("residency", residency());
    all.add("promises", promises());
    all.add("faults", faults());
    all.add("steps", steps());
    all.add("story", story());
    return all;
  }

  private JsonObject scenario() {
    JsonObject told = new JsonObject();
    told.addProperty("name", scenario.name());
    told.addProperty("question", scenario.question());
    told.addProperty("seed", scenario.seed());
    told.addProperty("command", command);
    told.addProperty("lengthMillis", scenario.lengthMillis());
    told.addProperty("slices", Tally.SLICES);
    told.addProperty("users", results.users());
    told.addProperty("sessions", results.sessions());
    told.addProperty("requests", results.requests());
    told.addProperty("sessionBytes", scenario.session().bytes());
    told.addProperty("move", scenario.moving().rule());
    told.add("moveCost", number(scenario.moving().cost(), 3));
    told.addProperty("central", scenario.sites().get(scenario.central()).id().name());
    return told;
  }

  private JsonArray pops() {
    JsonArray pops = new JsonArray();
    for (int pop = 0; pop < scenario.sites().size(); pop++) {
      Site site = scenario.sites().get(pop);
      JsonObject told = new JsonObject();
      told.addProperty("id", site.id().name());
      told.addProperty("city", site.city());
      told.addProperty("country", site.country());
      told.add("lat", number(site.lat(), 4));
      told.add("lon", number(site.lon(), 4));
      told.addProperty("requests", results.requestsOfPop(pop));
      pops.add(told);
    }
    return pops;
  }

  private static JsonObject strategy(Ranking each) {
    Tally tally = each.tally();
    JsonObject told = new JsonObject();
    told.addProperty("name", each.name());
    told.addProperty("title", each.title());
    told.addProperty("asked", tally.asked());
    told.addProperty("answered", tally.answered());
    told.add("availability", number(each.availability(), 6));
    told.add("localShare", number(each.localShare(), 6));
    JsonObject latency = new JsonObject();
    latency.addProperty("p50", Decimals.millis(tally.latencies().quantile(0.5)));
    latency.addProperty("p90", Decimals.millis(tally.latencies().quantile(0.9)));
    latency.addProperty("p99", Decimals.millis(tally.latencies().quantile(0.99)));
    latency.addProperty("p999", Decimals.millis(tally.latencies().quantile(0.999)));
    told.add("latencyMs", latency);
    told.addProperty("bytes", tally.bytes());
    told.add("copies", number(tally.copies(), 4));
    told.addProperty("staleReads", tally.staleReads());
    told.addProperty("updatesLost", tally.updatesLost());
    told.addProperty("refusedByPolicy", tally.refusals());
    told.addProperty("restedAmiss", tally.restsAmiss());
    told.addProperty("seenAmiss", tally.sightsAmiss());
    told.add("regret", Double.isNaN(each.regret()) ? JsonNull.INSTANCE : number(each.regret(), 4));
    told.add("curve", curve(tally.latencies()));
    JsonObject slices = new JsonObject();
    slices.add("asked", slices(tally::asked));
    slices.add("answered", slices(tally::answered));
    slices.add("local", slices(tally::local));
    slices.add("bytes", slices(tally::bytes));
    told.add("slices", slices);
    return told;
  }

  private interface Slice {
    long at(int slice);
  }

  private static JsonArray slices(Slice each) {
    JsonArray all = new JsonArray();
    for (int slice = 0; slice < Tally.SLICES; slice++) {
      all.add(each.at(slice));
    }
    return all;
  }

  /** Pairs of a latency in milliseconds and the share of requests that took no longer. */
  private static JsonArray curve(Latencies latencies) {
    JsonArray curve = new JsonArray();
    for (double millis = 0.02; millis < 2_000; millis *= 1.1) {
      JsonArray point = new JsonArray();
      long micros = Math.round(millis * 1_000);
      point.add(Decimals.millis(micros));
      point.add(Decimals.of(latencies.shareUpTo(micros), 5));
      curve.add(point);
    }
    return curve;
  }

  private record Route(int slice, int from, int to, long count) {}

  /** The most travelled ones, in the order of time: slice, from, to, how often. */
  private static JsonObject routes(Routes routes) {
    List<Route> all = new ArrayList<>();
    routes.forEach((slice, from, to, count) -> all.add(new Route(slice, from, to, count)));
    all.sort(
        Comparator.comparingLong((Route each) -> -each.count())
            .thenComparingInt(Route::slice)
            .thenComparingInt(Route::from)
            .thenComparingInt(Route::to));
    List<Route> shown = new ArrayList<>(all.subList(0, Math.min(ROUTES_MAX, all.size())));
    shown.sort(
        Comparator.comparingInt(Route::slice)
            .thenComparingInt(Route::from)
            .thenComparingInt(Route::to));
    JsonArray list = new JsonArray();
    for (Route route : shown) {
      JsonArray told = new JsonArray();
      told.add(route.slice());
      told.add(route.from());
      told.add(route.to());
      told.add(route.count());
      list.add(told);
    }
    JsonObject told = new JsonObject();
    told.addProperty("total", routes.total());
    told.addProperty("shown", shown.stream().mapToLong(Route::count).sum());
    told.add("routes", list);
    return told;
  }

  private JsonArray regret() {
    JsonArray rules = new JsonArray();
    if (scenario.metric().isEmpty()) {
      return rules;
    }
    for (Regret.Rule rule : Regret.Rule.values()) {
      double bound = Regret.bound(rule, scenario.moving().cost());
      JsonObject told = new JsonObject();
      told.addProperty("rule", rule.name().toLowerCase(Locale.ROOT));
      told.add("ratio", number(results.regret().ratio(rule), 4));
      told.add("worst", number(results.regret().worst(rule), 4));
      told.add("bound", Double.isInfinite(bound) ? JsonNull.INSTANCE : number(bound, 4));
      rules.add(told);
    }
    return rules;
  }

  /** Null where there is no policy. Each act: class, residency, act, country, rules, how often. */
  private JsonElement residency() {
    if (scenario.residency().isEmpty()) {
      return JsonNull.INSTANCE;
    }
    Residency residency = scenario.residency().get();
    JsonObject told = new JsonObject();
    told.addProperty("policy", residency.policy().rules().version());
    told.addProperty("namespace", residency.namespace().name());
    JsonArray ledger = new JsonArray();
    results
        .own()
        .acts()
        .forEach(
            (act, times) -> {
              JsonArray line = new JsonArray();
              line.add(act.dataClass());
              line.add(act.residency());
              line.add(act.act());
              line.add(act.country());
              line.add(act.rules());
              line.add(times);
              ledger.add(line);
            });
    told.add("ledger", ledger);
    return told;
  }

  private JsonArray promises() {
    JsonArray all = new JsonArray();
    for (Promise promise : Promise.values()) {
      boolean isBound = promise == Promise.BOUND_ON_MOVING;
      JsonObject told = new JsonObject();
      told.addProperty("name", promise.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      told.addProperty("what", promise.what());
      told.addProperty(
          "checks", isBound ? results.regret().checks() : results.own().checks(promise));
      all.add(told);
    }
    return all;
  }

  private JsonArray faults() {
    JsonArray all = new JsonArray();
    for (Outage outage : scenario.outages().all()) {
      JsonObject told = new JsonObject();
      told.addProperty("pop", scenario.sites().get(outage.pop()).id().name());
      told.addProperty("kind", outage.kind().name().toLowerCase(Locale.ROOT));
      told.addProperty("fromMillis", outage.fromMillis());
      told.addProperty("untilMillis", outage.untilMillis());
      all.add(told);
    }
    return all;
  }

  private JsonObject steps() {
    JsonObject all = new JsonObject();
    for (Step step : Step.values()) {
      all.addProperty(step.name().toLowerCase(Locale.ROOT), results.own().count(step));
    }
    return all;
  }

  private JsonArray story() {
    JsonArray all = new JsonArray();
    for (Story.Entry entry : results.story()) {
      JsonObject told = new JsonObject();
      told.addProperty("kind", entry.kind());
      told.addProperty("atMicros", entry.atMicros());
      told.addProperty("untilMicros", entry.untilMicros());
      told.addProperty("pop", entry.pop());
      told.addProperty("toPop", entry.toPop());
      told.addProperty("what", entry.what());
      all.add(told);
    }
    return all;
  }

  private static com.google.gson.JsonPrimitive number(double value, int places) {
    return new com.google.gson.JsonPrimitive(Decimals.of(value, places));
  }
}
