package dev.sojourn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.read.MissingDataException;
import dev.sojourn.sim.read.Shipped;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedTest {
  static Iterable<String> names() {
    return Shipped.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldReadEveryScenarioThatIsShipped(String name) throws IOException, InvalidYamlException {
    try {
      Scenario scenario = Scenarios.shipped(name);

      assertThat(scenario.name()).isEqualTo(name);
      assertThat(scenario.question()).endsWith("?");
    } catch (MissingDataException e) {
      abort("skipped: " + e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldKeepEveryPromiseInThePartOfItThatIsQuicklyPlayed(String name)
      throws IOException, InvalidYamlException, InterruptedException {
    Scenario scenario;
    try {
      scenario = Scenarios.shipped(name);
    } catch (MissingDataException e) {
      abort("skipped: " + e.getMessage());
      return;
    }
    Results results = new Simulation(few(scenario)).run(2, Progress.NONE);

    assertThat(results.own().tally().answered()).isGreaterThan(results.requests() * 9 / 10);
  }

  private static Scenario few(Scenario all) {
    Scenario.Population population =
        new Scenario.Population(
            Math.min(50, all.population().users()),
            all.population().groups(),
            all.population().visits(),
            all.population().requestsMax());
    return Scenarios.withPopulation(all, population);
  }
}
