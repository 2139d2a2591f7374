package dev.sojourn.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.mutant.Hunt.Found;
import dev.sojourn.sim.swarm.Draw;
import dev.sojourn.sim.swarm.Run;
import dev.sojourn.sim.swarm.Swarm;
import dev.sojourn.sim.swarm.Tally;
import dev.sojourn.sim.swarm.Verdict;
import dev.sojourn.sim.world.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who breaks the core is found out by {@code sim check}. */
class MutantsTest {
  private static final long FROM = 1;

  private static final ImmutableMap<String, List<String>> SOURCES = CoreSources.read();
  private static final Core.Maker UNBROKEN = CompiledCore.of(SOURCES);

  static ImmutableList<Mutant> mutants() {
    return Mutant.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void shouldFindEveryMutantAndNothingInTheCoreItself(Mutant mutant) throws InterruptedException {
    Optional<Found> found = Hunt.from(FROM, CompiledCore.of(mutant.applyTo(SOURCES)));

    assertThat(found)
        .as("found within %d seeds by %s: %s", Hunt.SEEDS_MAX, mutant.foundBy(), mutant.broken())
        .isPresent();
    System.out.println(mutant + ": seed " + found.get().seed() + ", " + found.get().failure());
    Verdict same = Run.of(Draw.plan(found.get().seed()), UNBROKEN, false);
    assertThat(same.failure()).as("of the same seed with the core as it is").isEmpty();
  }

  @Test
  void shouldRunTheCoreCompiledFromItsSourcesAsTheRealOne() throws InterruptedException {
    Tally compiled = new Swarm(FROM, 60, 2, true).run(UNBROKEN, done -> {});
    Tally real = new Swarm(FROM, 60, 2, true).run(Core.REAL, done -> {});

    assertThat(compiled.failed()).isEmpty();
    assertThat(compiled.fingerprint()).isEqualTo(real.fingerprint()).isNotZero();
  }

  @Test
  void shouldRefuseAPatchThatNoLongerApplies() {
    Mutant mutant = Mutant.all().get(0);
    ImmutableMap.Builder<String, List<String>> changed = ImmutableMap.builder();
    SOURCES.forEach(
        (path, lines) -> {
          List<String> others = new ArrayList<>(lines);
          others.replaceAll(line -> line.replace("context.turn()", "context.theTurn()"));
          changed.put(path, others);
        });

    assertThatThrownBy(() -> mutant.applyTo(changed.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mutant 01-granted-before-sync no longer applies to `")
        .hasMessageContaining("Granting.java");
  }

  @Test
  void shouldApplyAPatchWhoseLinesHaveMoved() {
    Mutant mutant = Mutant.all().get(0);
    ImmutableMap.Builder<String, List<String>> moved = ImmutableMap.builder();
    SOURCES.forEach(
        (path, lines) -> {
          List<String> longer = new ArrayList<>(lines);
          longer.addAll(1, List.of("", "// one", "// two", "// three"));
          moved.put(path, longer);
        });

    String patched = mutant.applyTo(moved.build()).values().toString();

    assertThat(patched).contains("context.turn().now(new Effect.Send(granted.grantee()");
  }
}
