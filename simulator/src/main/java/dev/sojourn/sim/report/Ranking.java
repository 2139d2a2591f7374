package dev.sojourn.sim.report;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.regret.Regret;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.run.Results;
import dev.sojourn.sim.tally.Tally;

/**
 * A strategy's line in a report.
 *
 * @param regret cost over the best schedule's; NaN where the strategy has no place for a session,
 *     or there is no metric
 */
record Ranking(String name, String title, Tally tally, double regret) {
  /** Ours first, then the rivals in their order. */
  static ImmutableList<Ranking> of(Results results) {
    Regret regret = results.regret();
    boolean hasMetric = results.scenario().metric().isPresent();
    ImmutableList.Builder<Ranking> all = ImmutableList.builder();
    Tally own = results.own().tally();
    String rule = results.scenario().moving().rule();
    all.add(
        new Ranking(
            "ours",
            "Sojourn (" + rule + ")",
            own,
            hasMetric ? regret.ratio(own.cost()) : Double.NaN));
    for (int i = 0; i < results.scenario().rivals().size(); i++) {
      Strategy strategy = results.scenario().rivals().get(i);
      Tally tally = results.rival(i);
      all.add(
          new Ranking(
              strategy.name(),
              strategy.title(),
              tally,
              tally.hasCost() ? regret.ratio(tally.cost()) : Double.NaN));
    }
    return all.build();
  }

  double availability() {
    return tally.asked() == 0 ? 1 : (double) tally.answered() / tally.asked();
  }

  double localShare() {
    return tally.answered() == 0 ? 0 : (double) tally.local() / tally.answered();
  }
}
