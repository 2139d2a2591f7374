package dev.sojourn.cli.keys;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblem;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/** The option that names the keys file, and reading it. */
final class KeysPath {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "keys.yaml",
      description = "The keys file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("keys.yaml");

  Path file() {
    return file;
  }

  /**
   * @throws CommandFailure if the file is missing, open to others, or no keys file
   */
  NodeKeys read() {
    try {
      return KeysFile.read(file);
    } catch (InvalidYamlException e) {
      YamlProblem first = e.problems().get(0);
      throw CommandFailure.usage(
          first.file() + ":" + first.line() + ":" + first.column() + ": " + first.message(),
          first.help().orElse("make a file with `sojourn keys new`, or copy it from another POP"));
    }
  }

  /** Keys carry the day they were made; the same day all over the world. */
  static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
