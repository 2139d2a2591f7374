package dev.sojourn.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.sim.world.Core;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwarmTest {
  private static final int SOAK_SEEDS = Integer.getInteger("sim.seeds", 20_000);

  @Test
  void shouldGiveTheSameFingerprintWithOneAndWithTwoThreads() throws InterruptedException {
    Tally alone = new Swarm(300, 40, 1, true).run(Core.REAL, done -> {});
    Tally shared = new Swarm(300, 40, 2, true).run(Core.REAL, done -> {});

    assertThat(shared.fingerprint()).isEqualTo(alone.fingerprint()).isNotZero();
    assertThat(shared.coverage().counts()).isEqualTo(alone.coverage().counts());
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 71, 828})
  void shouldPlayADrawnRunAgainFromTheListOfWhatStruck(long seed) {
    Plan plan = Draw.plan(seed);
    Verdict drawn = Run.of(plan, Core.REAL, true);
    Verdict given = Run.of(plan.striking(drawn.strikes()), Core.REAL, true);

    assertThat(given.trace()).isEqualTo(drawn.trace());
    assertThat(given.fingerprint()).isEqualTo(drawn.fingerprint());
  }

  @Test
  void shouldNameTheLowestSeedThatFailsHoweverManyThreads() throws InterruptedException {
    Core.Maker broken =
        (settings, random) ->
            (nowMillis, event) -> {
              throw new IllegalStateException("a core that can do nothing");
            };

    for (int threads = 1; threads <= 3; threads++) {
      Tally tally = new Swarm(5, 30, threads, false).run(broken, done -> {});

      assertThat(tally.failed()).map(Verdict::seed).contains(5L);
      assertThat(tally.runs()).isEqualTo(1);
    }
  }

  @Tag("soak")
  @Test
  void shouldHoldInManyMoreWorlds() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    Tally tally = new Swarm(1_000_000, SOAK_SEEDS, cores, false).run(Core.REAL, done -> {});

    assertThat(tally.failed()).as("repeat it with `./sojourn sim replay SEED`").isEmpty();
  }
}
