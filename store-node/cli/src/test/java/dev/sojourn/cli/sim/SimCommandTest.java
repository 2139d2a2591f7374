package dev.sojourn.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Sojourn.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void shouldCheckSeedsAndCountWhatHappened() {
    int code = commandLine.execute("sim", "check", "--seeds", "20", "--hash", "--json");

    JsonObject told = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(told.get("runs").getAsLong()).isEqualTo(20);
    assertThat(told.get("hash").getAsString()).isNotEqualTo("0");
    assertThat(told.getAsJsonObject("counts").get("step GRANTED").getAsLong()).isPositive();
  }

  @Test
  void shouldReplayASeedWithALaneForEachPop() {
    assertThat(commandLine.execute("sim", "replay", "4")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines().findFirst().orElse("")).startsWith("     ms  bos");
    assertThat(out.toString()).contains("every promise held");
  }

  @Test
  void shouldSayWhatCannotBeReplayed() {
    assertThat(commandLine.execute("sim", "replay", "no-such.plan")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("`no-such.plan` is neither a seed nor a file");
  }
}
