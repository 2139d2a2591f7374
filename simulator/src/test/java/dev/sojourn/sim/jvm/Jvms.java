package dev.sojourn.sim.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Other JVMs for what must come out the same in each of them. */
public final class Jvms {
  private static final int SECONDS_MAX = 180;

  private Jvms() {}

  /** The {@code java} that this test runs on. */
  public static Path own() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The {@code java} of each JDK, 17 or later, that is installed beside this one. */
  public static List<Path> installedBeside() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Path installed = home.getParent();
    if (installed == null) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(installed)) {
      return all.filter(each -> Files.isRegularFile(each.resolve("release")))
          .filter(each -> !each.equals(home) && !Files.isSymbolicLink(each))
          .filter(Jvms::isNewEnough)
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

  /**
   * Runs a main class of the tests in a JVM of its own.
   *
   * @param said a file for what it prints
   */
  public static String run(Path java, Path said, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(List.of(java.toString(), "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.strip();
  }
}
