package dev.sojourn.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.sim.jvm.Jvms;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.World;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /**
   * Unordered sets and maps iterate by a salt that each JVM draws anew; nothing may depend on it.
   */
  @Test
  void shouldRunTheSameSeedAlikeInAnotherProcess(@TempDir Path folder)
      throws IOException, InterruptedException {
    String line = "drawn 26 / RAW / random";
    String told = Jvms.run(Jvms.own(), folder.resolve("said"), Fingerprint.class, line);

    assertThat(told).isEqualTo(Long.toString(Fingerprint.of(line)));
  }
}
