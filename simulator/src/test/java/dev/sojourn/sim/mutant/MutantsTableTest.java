package dev.sojourn.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.mutant.Hunt.Found;
import dev.sojourn.sim.world.Core;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many seeds each mutant takes, from several starts. Prints the rows of the table in {@code
 * docs/mutants.md} and writes every figure to {@code target/mutants.csv}.
 */
class MutantsTableTest {
  private static final int STARTS = Integer.getInteger("mutants.starts", 9);

  /** Which of them, by the beginning of their names; all if it is empty. */
  private static final String ONLY = System.getProperty("mutants.only", "");

  private static final long APART = 10_000;

  private static List<Mutant> chosen() {
    List<String> names = Splitter.on(',').splitToList(ONLY);
    return Mutant.all().stream()
        .filter(mutant -> names.stream().anyMatch(mutant.toString()::startsWith))
        .toList();
  }

  @Tag("soak")
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  @Test
  void shouldFindEveryMutantFromEveryStart() throws InterruptedException, IOException {
    ImmutableMap<String, List<String>> sources = CoreSources.read();
    List<String> csv = new ArrayList<>(List.of("mutant,start,seeds,checker"));
    List<String> late = new ArrayList<>();
    for (Mutant mutant : chosen()) {
      Core.Maker broken = CompiledCore.of(mutant.applyTo(sources));
      List<Long> needed = new ArrayList<>();
      TreeSet<String> checkers = new TreeSet<>();
      for (int i = 0; i < STARTS; i++) {
        long start = 1 + i * APART;
        Optional<Found> found = Hunt.from(start, broken);
        if (found.isEmpty()) {
          late.add(mutant + " from " + start);
        }
        needed.add(found.map(Found::seeds).orElse(Hunt.SEEDS_MAX + 1));
        found.map(Found::checker).ifPresent(checkers::add);
        csv.add(
            mutant
                + ("," + start + "," + found.map(Found::seeds).map(String::valueOf).orElse(""))
                + ("," + found.map(Found::checker).orElse("")));
      }
      needed.sort(null);
      System.out.printf(
          "| %s | %s | %s | %d | %d |%n",
          mutant,
          mutant.broken(),
          String.join(", ", checkers),
          needed.get(needed.size() / 2),
          needed.get(needed.size() - 1));
      Files.write(Path.of("target", "mutants.csv"), csv);
    }
    assertThat(late).as("not found within %d seeds", Hunt.SEEDS_MAX).isEmpty();
  }
}
