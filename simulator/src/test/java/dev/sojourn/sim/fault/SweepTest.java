package dev.sojourn.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each story with each single fault there can be: every message lost, repeated, late and swapped,
 * every POP dead at every boundary. Then many faults at once.
 *
 * <p>A failing case is named in one line; {@code -Dsim.case="that line"} repeats it with its trace.
 */
class SweepTest {
  private static final int SHOWN_MAX = 12;
  private static final int SEEDS = Integer.getInteger("sim.seeds", 300);

  @ParameterizedTest
  @ValueSource(strings = {"journey", "devices", "commute", "slow journey"})
  void shouldHoldWithEverySingleMessageLostRepeatedLateOrSwapped(String story) {
    List<Case> cases = new ArrayList<>();
    for (Network.Mode mode : Network.Mode.values()) {
      Case base = new Case(story, mode, "none");
      World world = base.run(Core.REAL, false);
      cases.addAll(base.everyMessage(world.network().sent()));
    }
    verify(cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"journey", "devices", "commute", "slow journey", "slow commute"})
  void shouldHoldWithEveryPopDeadAtEveryBoundary(String story) {
    verify(new Case(story, Network.Mode.STRICT, "none").everyCrash(Core.REAL));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldWithManyFaultsAtOnce(Network.Mode mode) {
    verify(
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> new Case("drawn " + seed, mode, "random"))
            .toList());
  }

  @Test
  void shouldHoldInTheCaseThatTheCommandLineNames() {
    String line = System.getProperty("sim.case", "journey / STRICT / none");
    String explained = Case.parse(line).explain(Core.REAL);
    if (System.getProperty("sim.case") != null) {
      System.out.println(explained);
    }
    assertThat(explained).startsWith("nothing is wrong");
  }

  private static void verify(List<Case> cases) {
    List<String> failures = new ArrayList<>();
    for (Case each : cases) {
      try {
        each.run(Core.REAL, false);
      } catch (RuntimeException e) {
        failures.add("-Dsim.case=\"" + each + "\"  " + e);
      }
    }
    if (!failures.isEmpty()) {
      fail(
          failures.size()
              + " of "
              + cases.size()
              + " cases fail; repeat one with `mvn -pl simulator -am test -Dtest=SweepTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.case=...`:\n"
              + String.join("\n", failures.subList(0, Math.min(SHOWN_MAX, failures.size()))));
    }
  }
}
