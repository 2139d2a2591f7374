package dev.sojourn.server.config;

import dev.sojourn.policy.Policy;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks whether the residency policy has changed, each time that it is asked. A content that cannot
 * be used is refused, and the policy stays as it was. Not thread-safe.
 */
public final class PolicyFile {
  private final SettledContent content;
  private Policy current;

  /** What a look at the file found. */
  public sealed interface Look permits Unchanged, Replaced, Refused {}

  /** Nothing new since the last look. */
  public record Unchanged() implements Look {}

  /** A new policy, to be used from now on. */
  public record Replaced(Policy policy) implements Look {}

  /**
   * What the file says now cannot be used.
   *
   * @param message for a person
   */
  public record Refused(String message) implements Look {}

  /**
   * @param current what was read from the file at the start
   */
  public PolicyFile(Path file, Policy current) {
    this.content = new SettledContent(file);
    this.current = current;
  }

  public Look look() {
    return content.look().map(this::take).orElseGet(Unchanged::new);
  }

  private Look take(SettledContent.News news) {
    Optional<Policy> newer = news.content().flatMap(bytes -> read(bytes, news.problems()));
    try {
      news.problems().throwIfAny();
    } catch (InvalidYamlException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    if (newer.isEmpty() || newer.get().equals(current)) {
      return new Unchanged();
    }
    current = newer.get();
    return new Replaced(current);
  }

  static Optional<Policy> read(Path file, YamlProblems problems) {
    return ConfigFile.read(file, problems).flatMap(bytes -> read(bytes, problems));
  }

  /** What a node may obey; what keeps it from that is reported, and the result is empty then. */
  public static Optional<Policy> read(byte[] bytes, YamlProblems problems) {
    return PolicyReader.read(bytes, problems).filter(read -> problems.isEmpty());
  }
}
