package dev.sojourn.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What people get wrong, and what they are told: {@code bad-input.txt} holds files and what is said
 * of them, against four POPs. {@code -Dgolden.write=true} writes it anew; the change is then to be
 * read.
 */
class BadInputTest {
  private static final Path FILE = Path.of("src/test/resources/dev/sojourn/policy/bad-input.txt");
  private static final Sites SITES =
      Sites.of(
          Stream.of("fra DE", "osl NO", "iad US", "sjc US west").map(BadInputTest::site).toList());

  @Test
  void shouldTellEachMistakeAtItsPlaceWithARemedy() throws IOException {
    String before = Files.readString(FILE);
    StringBuilder after = new StringBuilder();
    for (String each : Splitter.on("\n=== ").split(before)) {
      int end = each.indexOf("\n----");
      if (end < 0) {
        after.append(each);
        continue;
      }
      int start = each.indexOf('\n') + 1;
      after.append("\n=== ").append(each, 0, end).append("\n----\n");
      after.append(told(each.substring(start, end) + "\n"));
    }
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(FILE, after);
    } else {
      assertThat(after.toString()).isEqualTo(before);
    }
  }

  private static String told(String text) {
    YamlProblems problems = YamlProblems.of("policy.yaml");
    Optional<Policy> policy = PolicyReader.read(text.getBytes(UTF_8), problems);
    policy.ifPresent(read -> new SitesCheck(read, SITES, problems).run());
    assertThat(policy.isPresent() || !problems.isEmpty()).isTrue();
    return Stream.concat(problems.all().stream(), problems.warnings().stream())
        .map(YamlProblem::render)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static Site site(String line) {
    List<String> words = Splitter.on(' ').splitToList(line);
    return new Site(
        new PopId(words.get(0)),
        new Country(words.get(1)),
        ImmutableSet.copyOf(words.subList(2, words.size())));
  }
}
