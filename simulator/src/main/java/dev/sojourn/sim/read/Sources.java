package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.input.CsvFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
  private static final String POLICIES = "/dev/sojourn/sim/policies/";
  private static final ImmutableList<String> SHIPPED_POLICIES =
      ImmutableList.of("eu-gdpr", "us-retailer", "china", "russia", "india", "australia-health");
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

  /** The content of a policy file; empty if there is no such file that can be read. */
  Optional<byte[]> policy(String name) {
    try {
      if (name.startsWith(BUILTIN)) {
        String shipped = name.substring(BUILTIN.length());
        if (!SHIPPED_POLICIES.contains(shipped)) {
          return Optional.empty();
        }
        try (InputStream in = open(POLICIES + shipped + ".yaml")) {
          return Optional.of(in.readAllBytes());
        }
      }
      return Optional.of(Files.readAllBytes(base.resolve(name)));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  /** Those of docs/policies, as a scenario names them. */
  static ImmutableList<String> policies() {
    return SHIPPED_POLICIES.stream()
        .map(each -> BUILTIN + each)
        .collect(ImmutableList.toImmutableList());
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
