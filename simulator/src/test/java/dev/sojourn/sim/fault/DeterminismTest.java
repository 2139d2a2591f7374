package dev.sojourn.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {
  @ParameterizedTest
  @ValueSource(longs = {3, 14, 159})
  void shouldRunTheSameSeedTwiceAlike(long seed) {
    Case drawn = new Case("drawn " + seed, Network.Mode.RAW, "random");

    World first = drawn.run(Core.REAL, true);
    World second = drawn.run(Core.REAL, true);

    assertThat(second.trace().lines()).isEqualTo(first.trace().lines());
    assertThat(second.trace().fingerprint()).isEqualTo(first.trace().fingerprint());
  }
}
