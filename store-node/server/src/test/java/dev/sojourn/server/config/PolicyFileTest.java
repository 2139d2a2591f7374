package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
  private static final String POLICY =
      """
      version: 1
      namespaces:
        shop:
          rules:
            - {id: at-home, why: a duty, store: home, else: %s}
      """;

  @Test
  void shouldTellOnceOfANewPolicyAndKeepTheOldOneWhereTheNewOneIsBad(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("policy.yaml");
    Files.writeString(file, POLICY.formatted("remote"));
    PolicyFile watched =
        new PolicyFile(file, PolicyFile.read(file, YamlProblems.of("policy.yaml")).orElseThrow());
    assertThat(settled(watched)).isInstanceOf(PolicyFile.Unchanged.class);

    Files.writeString(file, POLICY.formatted("deny"));
    assertThat(settled(watched)).isInstanceOf(PolicyFile.Replaced.class);
    assertThat(settled(watched)).isInstanceOf(PolicyFile.Unchanged.class);

    Files.writeString(file, POLICY.formatted("denny"));
    assertThat(settled(watched))
        .isInstanceOfSatisfying(
            PolicyFile.Refused.class,
            refused -> assertThat(refused.message()).contains("did you mean `deny`?"));
  }

  /** A new content counts at the second look. */
  private static PolicyFile.Look settled(PolicyFile watched) {
    PolicyFile.Look first = watched.look();
    return first instanceof PolicyFile.Unchanged ? watched.look() : first;
  }

  @Test
  void shouldTakeAPolicyThatSplitsSessions(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("policy.yaml");
    Files.writeString(file, POLICY.formatted("redact"));
    YamlProblems problems = YamlProblems.of("policy.yaml");

    assertThat(PolicyFile.read(file, problems)).isPresent();
    assertThat(problems.all()).isEmpty();
  }
}
