package dev.sojourn.cli.demo.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program that runs edge functions, found on this machine.
 *
 * @param name as people know it
 */
record EdgeRuntime(Kind kind, String name, Path program) {
  private static final int NODE_MAJOR_MIN = 20;

  /** Those that edge platforms run come first. */
  enum Kind {
    WORKERD("workerd", "Cloudflare's workerd"),
    DENO("deno", "Deno"),
    NODE("node", "Node");

    private final String command;
    private final String spoken;

    Kind(String command, String spoken) {
      this.command = command;
      this.spoken = spoken;
    }

    String command() {
      return command;
    }
  }

  /** The first of {@link Kind} that lies on a search path such as {@code PATH}. */
  static Optional<EdgeRuntime> find(String searchPath) {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> onPath(kind.command(), searchPath).map(it -> of(kind, it)).stream())
        .filter(runtime -> runtime.kind() != Kind.NODE || isNewEnough(runtime.program()))
        .findFirst();
  }

  private static EdgeRuntime of(Kind kind, Path program) {
    return new EdgeRuntime(kind, kind.spoken, program);
  }

  /** The command that runs the edge functions laid out in the working directory. */
  List<String> command() {
    String run = program.toString();
    return switch (kind) {
      case WORKERD -> List.of(run, "serve", "shop.capnp");
      case DENO -> List.of(run, "run", "--no-prompt", "--allow-net", "--allow-env", "deno.js");
      case NODE -> List.of(run, "node.mjs");
    };
  }

  private static Optional<Path> onPath(String command, String searchPath) {
    return Arrays.stream(searchPath.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .flatMap(
            directory -> List.of("", ".exe").stream().map(end -> Path.of(directory, command + end)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  /** Older ones lack what the SDK uses of the web's own functions. */
  private static boolean isNewEnough(Path node) {
    try {
      Process asked = new ProcessBuilder(node.toString(), "--version").start();
      try (BufferedReader said = asked.inputReader()) {
        String version = String.valueOf(said.readLine());
        return Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1")) >= NODE_MAJOR_MIN;
      }
    } catch (IOException | NumberFormatException e) {
      // What does not tell its version is no Node that could be used.
      return false;
    }
  }
}
