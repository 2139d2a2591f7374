package dev.sojourn.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sojourn.sim.jvm.Jvms;
import dev.sojourn.sim.world.Core;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seed is one run, whatever it runs on: all that happened in 150 of them has one hash. */
class TraceHashTest {
  private static final int SEEDS = 150;

  @TempDir private Path folder = Path.of("");

  /** What another JVM runs: prints the hash that it finds with so many threads. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println(hash(Integer.parseInt(args[0])));
  }

  private static String hash(int threads) throws InterruptedException {
    Tally tally = new Swarm(1, SEEDS, threads, true).run(Core.REAL, done -> {});
    return tally.failed().isPresent() ? "failed" : Long.toHexString(tally.fingerprint());
  }

  @Test
  void shouldBeTheSameWithOneAndTwoThreadsAndInAnotherJvm() throws Exception {
    String here = hash(1);

    assertThat(hash(2)).isEqualTo(here).isNotIn("0", "failed");
    assertThat(in(Jvms.own(), 2)).isEqualTo(here);
  }

  @Test
  void shouldBeTheSameOnEveryJdk() throws Exception {
    List<Path> others = Jvms.installedBeside();
    assumeTrue(!others.isEmpty(), "skipped: no other JDK is installed beside this one");

    String here = hash(2);
    for (Path java : others) {
      assertThat(in(java, 1)).as("%s, one thread", java).isEqualTo(here);
      assertThat(in(java, 2)).as("%s, two threads", java).isEqualTo(here);
    }
  }

  private String in(Path java, int threads) throws IOException, InterruptedException {
    return Jvms.run(java, folder.resolve("said"), TraceHashTest.class, String.valueOf(threads));
  }
}
