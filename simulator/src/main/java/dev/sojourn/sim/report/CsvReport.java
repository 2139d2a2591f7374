package dev.sojourn.sim.report;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.place.Site;
import dev.sojourn.sim.run.Results;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Tally;
import java.util.Map;
import java.util.TreeMap;

/** What a run has shown, as tables. The same bytes for the same seed, on every JDK. */
public final class CsvReport {
  private CsvReport() {}

  /** By the file's name. */
  public static ImmutableMap<String, String> of(Results results) {
    return ImmutableMap.of(
        "strategies.csv", strategies(results),
        "over-time.csv", overTime(results),
        "hand-offs.csv", handOffs(results),
        "pops.csv", pops(results),
        "residency.csv", residency(results));
  }

  private static String strategies(Results results) {
    StringBuilder csv = new StringBuilder();
    csv.append("strategy,asked,answered,local_share,p50_ms,p90_ms,p99_ms,p999_ms,bytes,copies,");
    csv.append("stale_reads,updates_lost,regret,refused_by_policy,rested_amiss,seen_amiss\n");
    for (Ranking each : Ranking.of(results)) {
      Tally tally = each.tally();
      csv.append(each.name()).append(',');
      csv.append(tally.asked()).append(',').append(tally.answered()).append(',');
      csv.append(Decimals.of(each.localShare(), 6));
      for (double share : new double[] {0.5, 0.9, 0.99, 0.999}) {
        csv.append(',').append(Decimals.millis(tally.latencies().quantile(share)));
      }
      csv.append(',').append(tally.bytes());
      csv.append(',').append(Decimals.of(tally.copies(), 4));
      csv.append(',').append(tally.staleReads());
      csv.append(',').append(tally.updatesLost());
      csv.append(',').append(Double.isNaN(each.regret()) ? "" : Decimals.of(each.regret(), 4));
      csv.append(',').append(tally.refusals()).append(',').append(tally.restsAmiss());
      csv.append(',').append(tally.sightsAmiss()).append('\n');
    }
    return csv.toString();
  }

  private static String overTime(Results results) {
    StringBuilder csv = new StringBuilder("from_ms,strategy,asked,answered,local,bytes\n");
    long length = results.scenario().lengthMillis();
    for (int slice = 0; slice < Tally.SLICES; slice++) {
      for (Ranking each : Ranking.of(results)) {
        Tally tally = each.tally();
        csv.append(slice * length / Tally.SLICES).append(',').append(each.name());
        csv.append(',').append(tally.asked(slice)).append(',').append(tally.answered(slice));
        csv.append(',').append(tally.local(slice)).append(',').append(tally.bytes(slice));
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  private static String handOffs(Results results) {
    Scenario scenario = results.scenario();
    Map<String, Long> pairs = new TreeMap<>();
    results
        .own()
        .handOffs()
        .forEach(
            (slice, from, to, count) ->
                pairs.merge(
                    scenario.sites().get(from).id() + "," + scenario.sites().get(to).id(),
                    count,
                    Long::sum));
    StringBuilder csv = new StringBuilder("from,to,hand_offs\n");
    pairs.forEach((pair, count) -> csv.append(pair).append(',').append(count).append('\n'));
    return csv.toString();
  }

  private static String residency(Results results) {
    StringBuilder csv = new StringBuilder("class,residency,act,country,rules,times\n");
    results
        .own()
        .acts()
        .forEach(
            (act, times) ->
                csv.append(act.dataClass())
                    .append(',')
                    .append(act.residency())
                    .append(',')
                    .append(act.act())
                    .append(',')
                    .append(act.country())
                    .append(',')
                    .append(act.rules())
                    .append(',')
                    .append(times)
                    .append('\n'));
    return csv.toString();
  }

  private static String pops(Results results) {
    StringBuilder csv = new StringBuilder("id,country,lat,lon,requests\n");
    for (int pop = 0; pop < results.scenario().sites().size(); pop++) {
      Site site = results.scenario().sites().get(pop);
      csv.append(site.id()).append(',').append(site.country()).append(',');
      csv.append(Decimals.of(site.lat(), 4)).append(',').append(Decimals.of(site.lon(), 4));
      csv.append(',').append(results.requestsOfPop(pop)).append('\n');
    }
    return csv.toString();
  }
}
