package dev.sojourn.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fixed budget of seeds: nothing breaks, and nothing that is built goes unexercised. */
class CoverageTest {
  private static final long BUDGET_SEEDS = 2_000;
  private static final Set<ErrorCode> OF_THE_SHELL =
      Set.of(ErrorCode.HINT_UNREADABLE, ErrorCode.HINT_EXPIRED);

  @Test
  void shouldHoldAndExerciseEverythingThatIsBuilt() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    Tally tally = new Swarm(1, BUDGET_SEEDS, cores, false).run(Core.REAL, done -> {});

    assertThat(tally.failed().map(each -> each.seed() + ": " + each.failure().orElse("")))
        .as("repeat it with `./sojourn sim replay SEED`")
        .isEmpty();
    Set<String> seen = tally.coverage().counts().keySet();
    assertThat(expected().stream().filter(key -> !isIn(key, seen)))
        .as("rows of coverage.txt that no seed exercised")
        .isEmpty();
    assertThat(unreached().stream().filter(key -> isIn(key, seen)))
        .as("rows of coverage.txt that are said to be out of reach, and are not")
        .isEmpty();
  }

  @Test
  void shouldSpeakOfEveryFaultStepAndAnswerThatThereIs() {
    List<String> spoken = new ArrayList<>(expected());
    spoken.addAll(unreached());

    for (Trouble.Kind kind : Trouble.Kind.values()) {
      assertThat(spoken).contains("fault " + kind);
    }
    for (Fate.Kind kind : Fate.Kind.values()) {
      boolean strikes = kind != Fate.Kind.DELIVERED && kind != Fate.Kind.HELD;
      assertThat(spoken.contains("fault message " + kind)).isEqualTo(strikes);
    }
    for (Step step : Step.values()) {
      assertThat(spoken).contains("step " + step);
    }
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(spoken.contains("answer " + code)).isEqualTo(!OF_THE_SHELL.contains(code));
    }
  }

  private static boolean isIn(String key, Set<String> seen) {
    String parts =
        Pattern.compile("*", Pattern.LITERAL)
            .splitAsStream(key)
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    Pattern pattern = Pattern.compile(key.endsWith("*") ? parts + ".*" : parts);
    return seen.stream().anyMatch(each -> pattern.matcher(each).matches());
  }

  private static List<String> expected() {
    return lines().stream()
        .filter(line -> !line.startsWith("- "))
        .map(line -> line.split(" = ")[0])
        .toList();
  }

  private static List<String> unreached() {
    List<String> keys = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("- ")) {
        int colon = line.indexOf(": ");
        assertThat(colon).as("`%s` gives a reason", line).isPositive();
        keys.add(line.substring(2, colon));
      }
    }
    return keys;
  }

  private static List<String> lines() {
    try (InputStream file =
        Objects.requireNonNull(CoverageTest.class.getResourceAsStream("/coverage.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
