package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dgolden.write=true} writes the pages anew; the change is then to be read. */
class PolicyCommandTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/sojourn/cli/policy/commands.md");
  private static final Path TUTORIAL = Path.of("../../docs/policy.md");
  private static final String SOUND =
      "version: 1\nnamespaces:\n  shop:\n    rules:\n      - {id: a, why: b, store: anywhere}\n";

  private final StringWriter out = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldSayWhatTheGoldenPageSays() throws IOException {
    assertReplay(GOLDEN, 25);
  }

  @Test
  void shouldSayWhatTheTutorialSays() throws IOException {
    assertReplay(TUTORIAL, 6);
  }

  @Test
  void shouldPrintEveryDecisionForAnAuditor() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), SOUND);
    assertThat(run("matrix", file.toString(), "--format", "csv", "--pops", "fra=DE,x=ZZ+leased"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .hasSize(1 + 251 * 2)
        .contains("1,shop,default,NO,fra,yes,yes,,a", "1,shop,default,unknown,x,no,no,deny,a");
    out.getBuffer().setLength(0);
    assertThat(run("matrix", file.toString(), "--format", "html")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("<td>", "Norway", "stored<small>a</small>");
  }

  @Test
  void shouldWriteTestResultsForABuildServer() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), SOUND);
    Files.writeString(
        folder.resolve("p_test.yaml"),
        "cases: [{name: \"<&>\", namespace: shop, residency: NO, class: default, pop: NO,"
            + " expect: {store: no}}]\n");
    Path junit = folder.resolve("junit.xml");
    assertThat(run("test", file.toString(), "--junit", junit.toString()))
        .isEqualTo(ExitCode.NOT_AS_IT_SHOULD_BE);
    assertThat(Files.readString(junit))
        .contains("tests=\"1\" failures=\"1\"", "&lt;&amp;&gt;", "store: wanted `no`, is `yes`");
  }

  @Test
  void shouldPrintTheSchemaThatIsPublished() {
    assertThat(run("schema")).isEqualTo(ExitCode.OK);
    assertThat(Path.of("../../docs/policy.schema.json")).hasContent(out.toString());
  }

  @Test
  void shouldFormatAFileOnlyWhenItIsToldTo() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), SOUND.replace("1\n", "1 \n"));
    assertThat(run("fmt", "--check", file.toString())).isEqualTo(ExitCode.NOT_AS_IT_SHOULD_BE);
    assertThat(run("fmt", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(file).hasContent(SOUND.replace("1\n", "1 \n"));
    assertThat(run("fmt", "--write", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(file).hasContent(out.toString());
    assertThat(run("fmt", "--check", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".new"));
  }

  private void assertReplay(Path page, int commandCount) throws IOException {
    String before = Files.readString(page);
    Transcript transcript = new Transcript(folder);
    String after = transcript.replay(before);
    assertThat(transcript.commands()).isEqualTo(commandCount);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(page, after);
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  private int run(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "policy";
    System.arraycopy(words, 0, all, 1, words.length);
    PrintWriter screen = new PrintWriter(out);
    return Sojourn.commandLine().setOut(screen).setErr(screen).execute(all);
  }
}
