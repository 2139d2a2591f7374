package dev.sojourn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.report.CsvReport;
import dev.sojourn.sim.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    Results results = new Simulation(Scenarios.of(Scenarios.MIXED)).run(2, Progress.NONE);
    return JsonReport.of(results, "x") + CsvReport.of(results);
  }

  @Test
  void shouldWriteTheSameBytesOnEveryJdk() throws IOException, InterruptedException {
    String here = report();
    List<Path> others = others();
    assumeTrue(!others.isEmpty(), "skipped: no other JDK is installed beside this one");
    for (Path java : others) {
      Path file = folder.resolve("report");
      Process process =
          new ProcessBuilder(
                  java.toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherJavaTest.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();

      assertThat(process.exitValue())
          .as(Files.readString(folder.resolve("said"), StandardCharsets.UTF_8))
          .isZero();
      assertThat(Files.readString(file).equals(here)).as(java.toString()).isTrue();
    }
  }

  private static List<Path> others() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Path installed = home.getParent();
    if (installed == null) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(installed)) {
      return all.filter(each -> Files.isRegularFile(each.resolve("release")))
          .filter(each -> !each.equals(home) && !Files.isSymbolicLink(each))
          .filter(OtherJavaTest::isNewEnough)
          .map(each -> each.resolve("bin/java"))
          .filter(Files::isExecutable)
          .sorted()
          .toList();
    }
  }

  private static boolean isNewEnough(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(?:1\\.)?(\\d+).*", "$1"))
          .anyMatch(major -> Integer.parseInt(major) >= 17);
    } catch (IOException e) {
      return false;
    }
  }
}
