package dev.sojourn.sim.read;

import dev.sojourn.sim.input.CsvFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the files that a scenario names: its own beside the scenario, and those that come with the
 * simulator under names such as {@code builtin:pops}.
 *
 * @param base where relative paths begin
 */
record Sources(Path base) {
  private static final String BUILTIN = "builtin:";
  private static final String DATA = "/dev/sojourn/sim/data/";

  /** Empty if there is no such file. */
  Optional<CsvFile> find(String name) {
    if (name.startsWith(BUILTIN)) {
      String resource = DATA + name.substring(BUILTIN.length()) + ".csv";
      boolean isThere = Sources.class.getResource(resource) != null;
      return isThere ? Optional.of(builtin(name, resource)) : Optional.empty();
    }
    Path file = base.resolve(name);
    return Files.isReadable(file) && Files.isRegularFile(file)
        ? Optional.of(new CsvFile(name, () -> Files.newInputStream(file)))
        : Optional.empty();
  }

  static CsvFile builtin(String name) {
    return builtin(name, DATA + name + ".csv");
  }

  private static CsvFile builtin(String name, String resource) {
    return new CsvFile(name, () -> open(resource));
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Sources.class.getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(resource);
    }
    return in;
  }
}
