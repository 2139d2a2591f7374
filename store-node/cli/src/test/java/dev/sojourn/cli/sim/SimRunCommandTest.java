package dev.sojourn.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimRunCommandTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(csv|yaml|sh)\\n(.*?)```", Pattern.DOTALL);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Sojourn.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @TempDir private Path folder = Path.of("");

  /** Does what a reader of the page does, with the very files and the very command. */
  @Test
  void shouldLeadFromSomebodysOwnFileToAReportAsThePageSays() throws IOException {
    String page = Files.readString(page());
    String section = page.substring(page.indexOf("## Your own users"));
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(section);
    while (blocks.size() < 3 && block.find()) {
      blocks.add(block.group(2));
    }
    assertThat(section).contains("`visits.csv`", "`mine.yaml`");
    Files.writeString(folder.resolve("visits.csv"), blocks.get(0));
    Files.writeString(folder.resolve("mine.yaml"), blocks.get(1));
    String command = blocks.get(2).strip();
    assertThat(command).startsWith("./sojourn sim run mine.yaml --out report");
    String[] words = command.substring("./sojourn ".length()).split(" ");
    words[2] = folder.resolve("mine.yaml").toString();
    words[4] = folder.resolve("report").toString();

    assertThat(commandLine.execute(words)).as(err.toString()).isEqualTo(ExitCode.OK);

    JsonObject told =
        JsonParser.parseString(Files.readString(folder.resolve("report/report.json")))
            .getAsJsonObject();
    JsonObject scenario = told.getAsJsonObject("scenario");
    assertThat(scenario.get("users").getAsInt()).isEqualTo(3);
    assertThat(told.getAsJsonObject("handOffs").get("total").getAsInt()).isPositive();
    assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("report/strategies.csv")).content().contains("ours,", "central,");
    assertThat(out.toString().lines().count()).isLessThan(25);
  }

  private static Path page() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.exists(here.resolve("docs/simulator.md"))) {
      here = here.getParent();
    }
    assertThat(here).isNotNull();
    return here == null ? Path.of("") : here.resolve("docs/simulator.md");
  }

  @Test
  void shouldTellWhatIsWrongWithItsPlaceAndRunNothing() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "scenario: bad\npops: {only: [fra, lhrr]}\n");

    assertThat(commandLine.execute("sim", "run", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("bad.yaml:2:20: unknown POP `lhrr`; did you mean `lhr`?");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldSkipWithAWordWhatRestsOnDataThatAreNotThere() throws IOException {
    Path file = folder.resolve("private.yaml");
    Files.writeString(
        file, "scenario: private\ntrace: {file: none.csv.gz, skip-if-absent: true}\n");

    assertThat(commandLine.execute("sim", "run", file.toString())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains("skipped: `none.csv.gz` is not here");
  }

  @Test
  void shouldNameTheShippedScenariosWhereOneIsUnknown() {
    assertThat(commandLine.execute("sim", "run", "flight")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("`flight` is neither a file nor a shipped scenario");
    assertThat(err.toString()).contains("default, flights, officials");
  }

  @Test
  void shouldListTheShippedScenarios() {
    assertThat(commandLine.execute("sim", "run", "--list")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("default", "flights", "large");
  }
}
