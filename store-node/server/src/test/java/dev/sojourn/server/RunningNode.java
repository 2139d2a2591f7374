package dev.sojourn.server;

import java.io.IOException;
import java.nio.file.Path;

/** A node in a process of its own, which ends as {@code sojourn node} does. */
final class RunningNode {
  private RunningNode() {}

  static Process start(NodeFiles files) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RunningNode.class.getName(),
            files.node().toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) {
    System.exit(Node.run(Path.of(args[0])));
  }
}
