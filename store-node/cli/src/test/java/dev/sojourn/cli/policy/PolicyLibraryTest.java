package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.read.PolicyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The worked policies of {@code docs/policies} are sound, tested, and say what they are about. */
class PolicyLibraryTest {
  private static final Path LIBRARY = Path.of("../../docs/policies");
  private static final ImmutableSet<String> NAMES =
      ImmutableSet.of(
          "australia-health.yaml",
          "china.yaml",
          "eu-cart-follows.yaml",
          "eu-gdpr.yaml",
          "india.yaml",
          "russia.yaml",
          "us-retailer.yaml");

  /** An article, a section, a title of a code or a paragraph of a circular or contract. */
  private static final String CITATION =
      ".*(\\bArt\\. \\d|\\bs\\. \\d|\\bCFR \\d|\\bpara\\. \\d).*";

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldHaveAWorkedPolicyForEachRegime() throws IOException {
    try (Stream<Path> files = Files.list(LIBRARY)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(name -> name.endsWith(".yaml") && !name.endsWith("_test.yaml"))
          .containsExactlyInAnyOrderElementsOf(NAMES);
    }
    String page = Files.readString(LIBRARY.resolve("README.md"));
    assertThat(page).contains(NAMES).contains("None of this is legal advice.");
  }

  @TestFactory
  Stream<DynamicTest> shouldBeSoundTestedInFullAndSayItsDuty() {
    return NAMES.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  @Test
  void shouldSayWhatThePageOfTheLibrarySays() throws IOException {
    for (Path file : listed()) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    Path page = LIBRARY.resolve("README.md");
    String before = Files.readString(page);
    String after = new Transcript(folder).replay(before);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(page, after);
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  private static void check(String name) throws Exception {
    Path file = LIBRARY.resolve(name);
    assertThat(run("validate", "--strict", file.toString())).endsWith("-> " + ExitCode.OK);
    assertThat(run("fmt", "--check", file.toString())).isEqualTo("-> " + ExitCode.OK);
    String tested = run("test", "--coverage", file.toString());
    assertThat(tested).contains("all as wanted").endsWith("-> " + ExitCode.OK);
    Policy policy = PolicyReader.read(name, Files.readAllBytes(file));
    int rules = 0;
    for (Ruleset ruleset : policy.namespaces().values()) {
      for (Rule rule : ruleset.rules()) {
        assertThat(rule.why()).matches(CITATION);
        rules++;
      }
    }
    assertThat(tested)
        .containsPattern("(?m)^" + rules + " of " + rules + " rules? tried both ways$");
    assertThat(Files.readString(file))
        .startsWith("# Models: ")
        .contains("\n# Does not cover: ", "\n# Not legal advice.\n");
  }

  private static List<Path> listed() throws IOException {
    try (Stream<Path> files = Files.list(LIBRARY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }

  private static String run(String... words) {
    StringWriter screen = new StringWriter();
    PrintWriter both = new PrintWriter(screen);
    String[] all =
        ImmutableList.<String>builder().add("policy").add(words).build().toArray(new String[0]);
    int code = Sojourn.commandLine().setOut(both).setErr(both).execute(all);
    return screen + "-> " + code;
  }
}
