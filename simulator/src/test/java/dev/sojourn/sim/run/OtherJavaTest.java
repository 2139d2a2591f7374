package dev.sojourn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sojourn.sim.jvm.Jvms;
import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.report.CsvReport;
import dev.sojourn.sim.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same run on every JDK that is installed beside this one. */
class OtherJavaTest {
  @TempDir private Path folder = Path.of("");

  /** What another JVM runs: writes all that must be the same to the file that it is given. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Files.writeString(Path.of(args[0]), report());
  }

  private static String report() throws InterruptedException {
    return report(Scenarios.MIXED) + report(Scenarios.LAWFUL);
  }

  private static String report(String yaml) throws InterruptedException {
    Results results = new Simulation(Scenarios.of(yaml)).run(2, Progress.NONE);
    return JsonReport.of(results, "x") + CsvReport.of(results);
  }

  @Test
  void shouldWriteTheSameBytesOnEveryJdk() throws IOException, InterruptedException {
    String here = report();
    List<Path> others = Jvms.installedBeside();
    assumeTrue(!others.isEmpty(), "skipped: no other JDK is installed beside this one");
    for (Path java : others) {
      Path file = folder.resolve("report");
      Jvms.run(java, folder.resolve("said"), OtherJavaTest.class, file.toString());

      assertThat(Files.readString(file).equals(here)).as(java.toString()).isTrue();
    }
  }
}
