package dev.sojourn.sim.run;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.read.MissingDataException;
import dev.sojourn.sim.read.ScenarioReader;
import dev.sojourn.sim.read.Shipped;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Scenarios for tests. */
public final class Scenarios {
  /** All kinds of users and faults, small enough to play in a second. */
  public static final String MIXED =
      """
      scenario: mixed
      question: is everything in it?
      seed: 77
      length: 24h
      pops: {file: "builtin:pops", count: 25}
      session: {size: 1KiB, write: 128B, idle: 6h, logout: 0.3}
      workload: {users: 300, requests: 30, visits: 5, writes: 0.4, think: 6s}
      mobility:
        - {kind: home, share: 0.3}
        - {kind: commute, share: 0.1}
        - {kind: flights, share: 0.3}
        - {kind: devices, share: 0.2}
        - {kind: flip, share: 0.1}
      faults:
        - {pop: fra, at: 8h, for: 2h}
        - {pop: lhr, kind: cut, at: 12h, for: 2h}
      """;

  /** The same under a residency policy, and with messages that are late by chance. */
  public static final String LAWFUL =
      MIXED
          .replace(
              "session: {", "policy: builtin:eu-gdpr\nsession: {fields: {health.notes: 100B}, ")
          .replace("writes: 0.4", "writes: 0.4, by-name: 0.2")
          .replace("faults:", "timing: {jitter-ms: 2}\nfaults:");

  private Scenarios() {}

  public static Scenario of(String yaml) {
    return of(yaml, Path.of(""));
  }

  public static Scenario of(String yaml, Path base) {
    try {
      return ScenarioReader.read(
          "test.yaml", yaml.getBytes(StandardCharsets.UTF_8), base, OptionalLong.empty());
    } catch (InvalidYamlException | MissingDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  public static Scenario shipped(String name)
      throws IOException, InvalidYamlException, MissingDataException {
    return ScenarioReader.read(
        name + ".yaml", Shipped.find(name).orElseThrow(), Path.of(""), OptionalLong.empty());
  }

  /** The same, with other strategies beside ours. */
  public static Scenario withRivals(Scenario all, ImmutableList<Strategy> rivals) {
    return with(all, all.population(), rivals, all.residency());
  }

  static Scenario withPopulation(Scenario all, Scenario.Population population) {
    return with(all, population, all.rivals(), all.residency());
  }

  static Scenario withResidency(Scenario all, Residency residency) {
    return with(all, all.population(), all.rivals(), Optional.of(residency));
  }

  private static Scenario with(
      Scenario all,
      Scenario.Population population,
      ImmutableList<Strategy> rivals,
      Optional<Residency> residency) {
    return new Scenario(
        all.name(),
        all.question(),
        all.seed(),
        all.lengthMillis(),
        all.sites(),
        all.roundTrips(),
        all.outages(),
        all.timing(),
        all.session(),
        all.workload(),
        population,
        all.moving(),
        all.central(),
        rivals,
        residency,
        all.metric());
  }
}
