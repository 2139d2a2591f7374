package dev.sojourn.sim.mutant;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources of the protocol's own package, without the types in it that the simulator and the
 * core share: those must be the same for both, whatever is done to the core.
 */
final class CoreSources {
  private static final String FOLDER = "store-node/core/src/main/java/dev/sojourn/core";
  private static final Pattern SHARED =
      Pattern.compile("^public (?!final class SessionProtocol ).*", Pattern.MULTILINE);

  private CoreSources() {}

  /** The lines of each file, by its path in the repository. */
  static ImmutableMap<String, List<String>> read() {
    TreeMap<String, List<String>> sources = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("..").resolve(FOLDER))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (!SHARED.matcher(String.join("\n", lines)).find()) {
          sources.put(FOLDER + "/" + file.getFileName(), lines);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ImmutableMap.copyOf(sources);
  }
}
