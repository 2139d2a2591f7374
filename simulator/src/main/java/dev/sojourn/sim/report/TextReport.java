package dev.sojourn.sim.report;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.regret.Regret;
import dev.sojourn.sim.run.Results;
import dev.sojourn.sim.setup.Scenario;
import java.util.Locale;

/** What a run has shown, on less than a screen. */
public final class TextReport {
  private TextReport() {}

  /** Under 25 lines. */
  public static ImmutableList<String> of(Results results) {
    Scenario scenario = results.scenario();
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(scenario.name() + ": " + scenario.question());
    lines.add(
        format(
            "%,d users, %,d sessions, %,d requests, %d POPs, %s, seed %d",
            results.users(),
            results.sessions(),
            results.requests(),
            scenario.sites().size(),
            duration(scenario.lengthMillis()),
            scenario.seed()));
    lines.add("");
    lines.add(
        format(
            "%-34s %8s %8s %8s %7s %8s %7s %7s %7s %7s %8s",
            "",
            "p50 ms",
            "p99 ms",
            "p99.9",
            "local",
            "KB/req",
            "copies",
            "stale",
            "lost",
            "regret",
            "answered"));
    for (Ranking each : Ranking.of(results)) {
      lines.add(line(each));
    }
    lines.add("");
    lines.add(bound(results));
    lines.addAll(residency(results));
    lines.add(promises(results));
    if (scenario.metric().isPresent()) {
      lines.add(regret(results));
    }
    return lines.build();
  }

  private static String line(Ranking each) {
    boolean none = each.tally().answered() == 0;
    return format(
        "%-34s %8s %8s %8s %7s %8s %7s %7d %7d %7s %8s",
        each.title(),
        none ? "-" : millis(each.tally().latencies().quantile(0.5)),
        none ? "-" : millis(each.tally().latencies().quantile(0.99)),
        none ? "-" : millis(each.tally().latencies().quantile(0.999)),
        none ? "-" : percent(each.localShare(), 1),
        format("%.2f", each.tally().bytes() / 1e3 / Math.max(1, each.tally().asked())),
        format("%.2f", each.tally().copies()),
        each.tally().staleReads(),
        each.tally().updatesLost(),
        Double.isNaN(each.regret()) ? "-" : format("%.2f", each.regret()),
        percent(each.availability(), 3));
  }

  private static String bound(Results results) {
    long answered = results.own().tally().answered();
    long beyond = results.own().beyondBound();
    return format(
        "ours: %,d hand-offs; %s of requests within one round trip + 1 ms, %,d beyond",
        results.own().handOffs().total(),
        percent(answered == 0 ? 1 : 1 - (double) beyond / answered, 4),
        beyond);
  }

  private static ImmutableList<String> residency(Results results) {
    if (results.scenario().residency().isEmpty()) {
      return ImmutableList.of();
    }
    String version = results.scenario().residency().get().policy().rules().version();
    ImmutableList<String> each =
        Ranking.of(results).stream()
            .map(
                one ->
                    format(
                        "%s %,d/%,d",
                        one.name(), one.tally().restsAmiss(), one.tally().sightsAmiss()))
            .collect(ImmutableList.toImmutableList());
    int half = (each.size() + 1) / 2;
    return ImmutableList.of(
        format(
            "policy %s: %,d requests refused by ours; left data at rest/showed data where it forbids:",
            version, results.own().tally().refusals()),
        "  " + String.join("  ", each.subList(0, half)),
        "  " + String.join("  ", each.subList(half, each.size())));
  }

  private static String promises(Results results) {
    long all = results.regret().checks();
    for (Promise promise : Promise.values()) {
      all += results.own().checks(promise);
    }
    return format("every promise held: %,d checks of %d kinds", all, Promise.values().length);
  }

  private static String regret(Results results) {
    Regret regret = results.regret();
    StringBuilder line =
        new StringBuilder("expected cost over the best schedule's (worst, bound):");
    for (Regret.Rule rule : Regret.Rule.values()) {
      double bound = Regret.bound(rule, results.scenario().moving().cost());
      line.append(
          format(
              " %s %.2f (%.2f, %s)",
              rule.name().toLowerCase(Locale.ROOT),
              regret.ratio(rule),
              regret.worst(rule),
              Double.isInfinite(bound) ? "none" : format("%.2f", bound)));
    }
    return line.toString();
  }

  static String duration(long millis) {
    long hours = Math.round(millis / 3_600_000.0);
    return hours < 72 ? hours + " hours" : Math.round(hours / 24.0) + " days";
  }

  private static String millis(long micros) {
    return format(micros < 10_000 ? "%.2f" : "%.1f", micros / 1e3);
  }

  private static String percent(double share, int decimals) {
    return format("%." + decimals + "f%%", 100 * share);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
