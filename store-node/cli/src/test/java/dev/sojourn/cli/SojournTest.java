package dev.sojourn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SojournTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Sojourn.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void shouldAnswerHelpForItselfAndEveryCommandWithItsExitCodes() {
    assertThat(commandLine.execute("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Exit codes:");
    for (CommandLine command : leaves(commandLine)) {
      String help = command.getUsageMessage();
      assertThat(help).as(command.getCommandName()).contains("Exit codes:").contains("--help");
    }
  }

  @Test
  void shouldTellAMistakeInOneLineWithItsRemedyAndNoStackTrace() {
    assertThat(commandLine.execute("no-such-command")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "sojourn: Unmatched argument at index 0: 'no-such-command'",
            "  remedy: see `./sojourn --help`");
  }

  @Test
  void shouldAskForACommandWhereNoneIsGiven() {
    assertThat(commandLine.execute()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("sojourn: Missing required subcommand");
  }

  private static List<CommandLine> leaves(CommandLine root) {
    return root.getSubcommands().values().stream()
        .flatMap(
            command ->
                command.getSubcommands().isEmpty()
                    ? java.util.stream.Stream.of(command)
                    : leaves(command).stream())
        .toList();
  }
}
