package dev.sojourn.server.config;

import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks whether {@code topology.yaml} has changed, each time that it is asked; some tick of the
 * node asks. It compares the content and not the time of change, which two quick edits can share.
 * Not thread-safe.
 */
public final class TopologyFile {
  private final Path file;
  private Topology current;
  private Optional<byte[]> seen = Optional.empty();
  private boolean isSettled;

  /** What a look at the file found. */
  public sealed interface Look permits Unchanged, Replaced, Refused {}

  /** Nothing new since the last look. */
  public record Unchanged() implements Look {}

  /** A new topology, to be used from now on. */
  public record Replaced(Topology topology) implements Look {}

  /**
   * What the file says now cannot be used, and the topology stays as it was.
   *
   * @param message for a person
   */
  public record Refused(String message) implements Look {}

  /**
   * @param current what was read from the file at the start
   */
  public TopologyFile(Path file, Topology current) {
    this.file = file;
    this.current = current;
  }

  public Topology current() {
    return current;
  }

  /**
   * Reads the file. A new content counts only once two looks in a row have found it, so that a file
   * which is being written is not taken for what it will be.
   */
  public Look look() {
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<byte[]> content = ConfigFile.read(file, problems);
    boolean isSame =
        content.isPresent() == seen.isPresent()
            && Arrays.equals(
                content.orElseGet(() -> new byte[0]), seen.orElseGet(() -> new byte[0]));
    boolean isNews = isSame && !isSettled;
    seen = content;
    isSettled = isSame;
    return isNews ? take(content, problems) : new Unchanged();
  }

  private Look take(Optional<byte[]> content, YamlProblems problems) {
    Optional<Topology> newer =
        content
            .flatMap(bytes -> YamlReader.read(bytes, problems))
            .map(fields -> new TopologyReader().read(fields));
    if (newer.isPresent() && problems.isEmpty()) {
      for (String problem : current.problemsOfReplacingWith(newer.get())) {
        problems.add(Span.START, problem);
      }
    }
    return decide(newer, problems);
  }

  private Look decide(Optional<Topology> newer, YamlProblems problems) {
    try {
      problems.throwIfAny();
    } catch (InvalidYamlException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    Topology topology = newer.orElseThrow();
    if (topology.equals(current)) {
      return new Unchanged();
    }
    current = topology;
    return new Replaced(topology);
  }
}
