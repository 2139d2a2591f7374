package dev.sojourn.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.rival.Network;
import dev.sojourn.sim.rival.Served;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.run.Scenarios;
import dev.sojourn.sim.run.Simulation;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import org.junit.jupiter.api.Test;

class RankingTest {
  /** One that a reader has added, under a name of his own. */
  private record Mine(String name, int place) implements Strategy {
    @Override
    public String title() {
      return name;
    }

    @Override
    public Keeping open(Network network, Session requests) {
      return new Keeping() {
        @Override
        public Served serve(Request request) {
          return new Served(1, true, true, 0, false, 0);
        }

        @Override
        public int place() {
          return place;
        }

        @Override
        public int copies() {
          return 1;
        }
      };
    }
  }

  @Test
  void shouldGiveARegretToWhateverHasAPlaceAndToNothingElse() throws InterruptedException {
    Scenario scenario =
        Scenarios.withRivals(
            Scenarios.of(Scenarios.MIXED),
            ImmutableList.of(
                new Mine("caches", Strategy.NO_PLACE), new Mine("everywhere-but-here", 0)));
    ImmutableList<Ranking> all = Ranking.of(new Simulation(scenario).run(2, Progress.NONE));

    assertThat(all).extracting(Ranking::name).startsWith("ours");
    assertThat(all.get(0).regret()).isGreaterThanOrEqualTo(1);
    assertThat(all.get(1).regret()).isNaN();
    assertThat(all.get(2).regret()).isGreaterThan(1);
  }
}
