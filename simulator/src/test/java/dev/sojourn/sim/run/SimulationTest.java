package dev.sojourn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.Step;
import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.report.CsvReport;
import dev.sojourn.sim.report.JsonReport;
import dev.sojourn.sim.report.TextReport;
import dev.sojourn.sim.setup.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  @Test
  void shouldWriteTheSameBytesWithAnyNumberOfThreads() throws InterruptedException {
    Scenario scenario = Scenarios.of(Scenarios.MIXED.replace("users: 300", "users: 9000"));
    Results alone = new Simulation(scenario).run(1, Progress.NONE);
    Results shared = new Simulation(scenario).run(3, Progress.NONE);

    assertThat(JsonReport.of(shared, "x")).isEqualTo(JsonReport.of(alone, "x"));
    assertThat(CsvReport.of(shared)).isEqualTo(CsvReport.of(alone));
  }

  @Test
  void shouldPlayAnotherRunForAnotherSeed() throws InterruptedException {
    Scenario one = Scenarios.of(Scenarios.MIXED);
    Scenario other = Scenarios.of(Scenarios.MIXED.replace("seed: 77", "seed: 78"));

    assertThat(JsonReport.of(new Simulation(one).run(1, Progress.NONE), "x"))
        .isNotEqualTo(JsonReport.of(new Simulation(other).run(1, Progress.NONE), "x"));
  }

  @Test
  void shouldTakeEveryWayThatTheProtocolHas() throws InterruptedException {
    Results results = new Simulation(Scenarios.of(Scenarios.MIXED)).run(2, Progress.NONE);

    assertThat(results.own().count(Step.GRANTED)).isPositive();
    assertThat(results.own().count(Step.EXECUTED_REMOTELY)).isPositive();
    assertThat(results.own().count(Step.PAYLOAD_DROPPED)).isPositive();
    assertThat(results.own().count(Step.DESTROYED)).isPositive();
    assertThat(results.own().count(Step.EXPIRED)).isPositive();
    assertThat(results.own().refusals().total()).isPositive();
    for (Promise promise : Promise.values()) {
      if (promise != Promise.NO_ALARM
          && promise != Promise.BOUND_ON_MOVING
          && promise != Promise.RESIDENCY_HOLDS) {
        assertThat(results.own().checks(promise)).as(promise.toString()).isPositive();
      }
    }
    assertThat(results.regret().checks()).isPositive();
  }

  @Test
  void shouldAskEveryStrategyTheSame() throws InterruptedException {
    Results results = new Simulation(Scenarios.of(Scenarios.MIXED)).run(2, Progress.NONE);

    for (int i = 0; i < results.scenario().rivals().size(); i++) {
      assertThat(results.rival(i).asked())
          .as(results.scenario().rivals().get(i).name())
          .isEqualTo(results.requests());
    }
    assertThat(results.own().tally().asked()).isEqualTo(results.requests());
  }

  @Test
  void shouldServeATravellerInOneRoundTripAndAMillisecond() throws InterruptedException {
    Results results =
        new Simulation(
                Scenarios.of(
                    """
                    scenario: travel
                    length: 5d
                    pops: {count: 60}
                    session: {idle: 4d}
                    workload: {users: 200, requests: 40}
                    mobility: [{kind: flights, share: 1}]
                    """))
            .run(2, Progress.NONE);

    assertThat(results.own().handOffs().total()).isGreaterThan(200);
    assertThat(results.own().beyondBound()).isZero();
    assertThat(results.own().tally().answered()).isEqualTo(results.requests());
  }

  @Test
  void shouldTellProgressOfEveryRequest() throws InterruptedException {
    AtomicLong passed = new AtomicLong();
    Results results =
        new Simulation(Scenarios.of(Scenarios.MIXED))
            .run(2, (requests, atMillis) -> passed.addAndGet(requests));

    assertThat(passed.get()).isEqualTo(results.requests());
  }

  @Test
  void shouldSumUpInFewerThan25Lines() throws InterruptedException {
    Results results = new Simulation(Scenarios.of(Scenarios.MIXED)).run(2, Progress.NONE);

    assertThat(TextReport.of(results)).hasSizeLessThan(25).anyMatch(line -> line.contains("held"));
  }

  @Test
  void shouldLeaveUnansweredWhatARivalsClientGaveUp() throws InterruptedException {
    String yaml =
        """
        scenario: far
        pops: {only: [fra, syd]}
        timing: {timeout: 10ms}
        central: syd
        strategies: [central, sticky-home]
        workload: {users: 50, requests: 4, visits: 1}
        mobility: [{kind: home, share: 1}]
        """;
    Results hasty = new Simulation(Scenarios.of(yaml)).run(1, Progress.NONE);
    Results patient =
        new Simulation(Scenarios.of(yaml.replace("10ms", "5s"))).run(1, Progress.NONE);

    assertThat(hasty.rival(0).answered())
        .isPositive()
        .isEqualTo(patient.rival(0).local())
        .isLessThan(hasty.requests());
    assertThat(hasty.rival(0).latencies().quantile(1)).isLessThanOrEqualTo(10_000);
    assertThat(patient.rival(0).answered()).isEqualTo(patient.requests());
    assertThat(hasty.rival(1).answered()).isEqualTo(hasty.requests());
  }

  @Test
  void shouldLetARivalsSessionRunOutWhichNobodyCouldUse(@TempDir Path folder)
      throws IOException, InterruptedException {
    // Home is down from the second hour to the sixth; the session lives for three.
    Files.writeString(
        folder.resolve("t.csv"),
        "user,time,pop\nu,0,fra\nu,10800,ams\nu,18000,ams\nu,25200,ams\nu,28800,ams\n");
    String yaml =
        """
        scenario: gone
        pops: {only: [fra, ams]}
        trace: {file: t.csv, columns: {pop: pop}, time-format: epoch-seconds}
        workload: {requests: 1}
        strategies: [sticky-home]
        session: {idle: IDLE}
        faults: [{pop: fra, at: 2h, for: 4h}]
        """;
    Results patient =
        new Simulation(Scenarios.of(yaml.replace("IDLE", "3d"), folder)).run(1, Progress.NONE);
    Results brief =
        new Simulation(Scenarios.of(yaml.replace("IDLE", "4h"), folder)).run(1, Progress.NONE);

    assertThat(patient.rival(0).answered()).isEqualTo(3);
    assertThat(patient.rival(0).local()).isEqualTo(1);
    // The fourth finds it run out, and the fifth begins another where its user is.
    assertThat(brief.rival(0).answered()).isEqualTo(2);
    assertThat(brief.rival(0).local()).isEqualTo(2);
    assertThat(brief.own().tally().answered()).isEqualTo(brief.rival(0).answered());
  }

  @Test
  void shouldMakeMessagesLateByChanceForEveryStrategyAndLocalOnesForNone()
      throws InterruptedException {
    String yaml =
        """
        scenario: late
        pops: {only: [fra, iad, nrt, syd]}
        session: {idle: 20h}
        strategies: [central, everywhere-quorum, first-touch]
        workload: {users: 100, requests: 30}
        mobility: [{kind: devices, share: 1}]
        """;
    Results still = new Simulation(Scenarios.of(yaml)).run(2, Progress.NONE);
    Results late =
        new Simulation(Scenarios.of(yaml + "timing: {jitter-ms: 20}\n")).run(2, Progress.NONE);

    for (int i = 0; i < 3; i++) {
      assertThat(late.rival(i).latencies().quantile(0.99))
          .isGreaterThan(still.rival(i).latencies().quantile(0.99) + 20_000);
    }
    assertThat(late.own().tally().latencies().quantile(0.99))
        .isGreaterThan(still.own().tally().latencies().quantile(0.99) + 20_000);
    assertThat(late.own().tally().latencies().quantile(0.1))
        .isEqualTo(still.own().tally().latencies().quantile(0.1));
    assertThat(late.own().tally().answered()).isEqualTo(late.requests());
  }
}
