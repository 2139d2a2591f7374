package dev.sojourn.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A package in this repository, and the npm of this machine. Where there is none, or it cannot
 * install what a package needs, the test is skipped and says so: to build Sojourn, Node is not
 * needed.
 *
 * @param directory of the package
 */
record Npm(Path directory) {
  private static final long MINUTES_MAX = 10;
  private static final int LINES_TOLD = 20;

  /** The first with all of the web's globals that the SDK uses. */
  private static final int NODE_MAJOR_MIN = 20;

  /** What a command came to. */
  record Ended(int exitCode, String output) {}

  /** The package in a directory of the repository, with all that its lock file lists. */
  static Npm installed(String directory) throws Exception {
    Npm npm = new Npm(Path.of("../..").resolve(directory).toAbsolutePath().normalize());
    skipUnless(isOnPath("node") && isOnPath("npm"), directory, "there is no `node` with `npm`");
    String version = npm.end("node", "--version").output().strip();
    skipUnless(
        Integer.parseInt(version.replaceFirst("v(\\d+).*", "$1")) >= NODE_MAJOR_MIN,
        directory,
        "`node` is " + version + ", and this needs " + NODE_MAJOR_MIN + " or later");
    Path lock = npm.directory.resolve("package-lock.json");
    Path done = npm.directory.resolve("node_modules/.package-lock.json");
    if (!Files.exists(done)
        || Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      Ended ci = npm.end("npm", "ci", "--no-audit", "--no-fund");
      skipUnless(ci.exitCode() == 0, directory, "`npm ci` failed: " + ci.output());
    }
    return npm;
  }

  /** A package of its own that platforms may lack, by a file in it. */
  Path requireInstalled(String file, String what) {
    Path found = directory.resolve("node_modules").resolve(file);
    skipUnless(Files.exists(found), what, "it is not to be had for this machine");
    return found;
  }

  /** Runs a script of the package, which must end well. */
  String run(String script) throws Exception {
    Ended ended = end("npm", "run", script);
    assertThat(ended.exitCode()).as("`npm run %s`:%n%s", script, ended.output()).isZero();
    return ended.output();
  }

  Ended end(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("npm", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new AssertionError(String.join(" ", command) + " takes too long");
      }
      return new Ended(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      kill(process);
      Files.delete(output);
    }
  }

  /** Starts what runs until it is killed. */
  Process start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** With its children: some of these programs start the real one in a process of its own. */
  static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  private static void skipUnless(boolean condition, String what, String why) {
    if (!condition) {
      List<String> lines = why.lines().toList();
      String told = String.join("\n", lines.subList(0, Math.min(LINES_TOLD, lines.size())));
      System.out.println("SKIPPED, " + what + ": " + told);
      throw new TestAbortedException("skipped, " + what + ": " + told);
    }
  }

  private static boolean isOnPath(String program) {
    String path = String.valueOf(System.getenv("PATH"));
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
