package dev.sojourn.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
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
  void shouldRunTheSameSeedAlikeInAnotherProcess() throws IOException {
    String line = "drawn 26 / RAW / random";
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                classPath,
                Fingerprint.class.getName(),
                line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String told = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(told).isEqualTo(Long.toString(Fingerprint.of(line)));
  }
}
