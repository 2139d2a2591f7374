package dev.sojourn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays every scenario, and holds the scenarios against the protocol's table of races.
 *
 * <p>{@code -Dsim.scenario=NAME} plays one and prints its trace.
 */
class ScenariosTest {
  @TestFactory
  Stream<DynamicTest> shouldGoAsTheScenarioSays() {
    return scenarios().stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(scenario.name(), () -> new ScenarioRunner(scenario).run()));
  }

  @Test
  void shouldHaveAScenarioOrAReasonForEveryRowOfTheTableOfRaces() {
    List<String> shown = scenarios().stream().flatMap(each -> each.rows().stream()).toList();
    List<String> pending = pendingRows();

    for (String row : lines("races.txt")) {
      assertThat(shown.contains(row) ^ pending.contains(row))
          .as("`%s` has either a scenario or a line in pending.txt", row)
          .isTrue();
    }
  }

  @Test
  void shouldNameOnlyRowsThatTheTableHas() {
    List<String> rows = lines("races.txt");

    assertThat(pendingRows()).isSubsetOf(rows);
    assertThat(scenarios())
        .allSatisfy(
            scenario -> {
              assertThat(rows).as(scenario.name()).containsAll(scenario.rows());
              assertThat(scenario.rules()).as(scenario.name()).isNotEmpty();
            });
  }

  @Test
  void shouldSayWhichLineOfAScenarioIsNotSo() {
    Scenario wrong =
        Scenario.parse(
            "wrong.txt", List.of("alice at bos puts n=1", "run", "expect bos has Owned epoch 2"));

    assertThatThrownBy(() -> new ScenarioRunner(wrong).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "wrong.txt:3: `expect bos has Owned epoch 2`: `bos` has Owned 1@bos");
  }

  @Test
  void shouldRejectAFaultThatNeverComesAbout() {
    Scenario idle =
        Scenario.parse("idle.txt", List.of("alice at bos puts n=1", "run", "lose Granted"));

    assertThatThrownBy(() -> new ScenarioRunner(idle).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("never came about");
  }

  @Test
  void shouldPlayTheScenarioThatTheCommandLineNames() {
    String name = System.getProperty("sim.scenario", "two-ask-at-once");
    Scenario scenario =
        scenarios().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();

    List<String> trace = new ScenarioRunner(scenario).run().trace().lines();

    assertThat(trace).isNotEmpty();
    if (System.getProperty("sim.scenario") != null) {
      trace.forEach(System.out::println);
    }
  }

  private static List<String> pendingRows() {
    List<String> rows = new ArrayList<>();
    for (String line : lines("pending.txt")) {
      int colon = line.lastIndexOf(": ");
      assertThat(colon).as("`%s` gives a reason", line).isPositive();
      rows.add(line.substring(0, colon));
    }
    return rows;
  }

  private static List<Scenario> scenarios() {
    try (Stream<Path> files = Files.list(resource("scenarios"))) {
      return files.sorted().map(ScenariosTest::read).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Scenario read(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString().replace(".txt", "");
    return Scenario.parse(name, readLines(file));
  }

  private static List<String> lines(String name) {
    return readLines(resource(name)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path resource(String name) {
    URL url = ScenariosTest.class.getResource("/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
