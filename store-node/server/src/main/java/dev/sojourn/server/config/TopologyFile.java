package dev.sojourn.server.config;

import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether {@code topology.yaml} has changed, each time that it is asked. Not thread-safe. */
public final class TopologyFile {
  private final SettledContent content;
  private Topology current;

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
    this.content = new SettledContent(file);
    this.current = current;
  }

  public Topology current() {
    return current;
  }

  public Look look() {
    return content
        .look()
        .map(news -> take(news.content(), news.problems()))
        .orElseGet(Unchanged::new);
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
