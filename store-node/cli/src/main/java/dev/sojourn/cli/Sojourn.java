package dev.sojourn.cli;

import dev.sojourn.cli.audit.AuditCommand;
import dev.sojourn.cli.demo.DemoCommand;
import dev.sojourn.cli.keys.KeysCommand;
import dev.sojourn.cli.policy.PolicyCommand;
import dev.sojourn.cli.session.SessionCommand;
import dev.sojourn.cli.sim.SimCommand;
import dev.sojourn.cli.status.StatusCommand;
import dev.sojourn.cli.tokens.TokensCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code sojourn} command; each of its commands is a class of its own. */
@Command(
    name = "sojourn",
    description = "A geo-distributed session store that follows users between POPs.",
    mixinStandardHelpOptions = true,
    version = "sojourn 0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      NodeCommand.class,
      SessionCommand.class,
      StatusCommand.class,
      KeysCommand.class,
      TokensCommand.class,
      PolicyCommand.class,
      AuditCommand.class,
      SimCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the command did what it says",
      "1:the command ran, and what it found is not as it should be",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class Sojourn {
  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line as {@link #main} uses it, for tests to run in process. */
  public static CommandLine commandLine() {
    return new CommandLine(new Sojourn())
        .setParameterExceptionHandler(Sojourn::tellUsageError)
        .setExecutionExceptionHandler(Sojourn::tellFailure)
        .setUsageHelpAutoWidth(true);
  }

  private static int tellUsageError(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    String help = "`./" + commandLine.getCommandSpec().qualifiedName() + " --help`";
    return tell(commandLine, ExitCode.USAGE, e.getMessage(), "see " + help);
  }

  private static int tellFailure(Exception e, CommandLine commandLine, ParseResult parsed) {
    if (e instanceof CommandFailure failure) {
      return tell(commandLine, failure.exitCode(), failure.problem(), failure.remedy());
    }
    e.printStackTrace(commandLine.getErr());
    return tell(
        commandLine,
        ExitCode.INTERNAL,
        "this is a fault of Sojourn's own",
        "report it with the lines above");
  }

  private static int tell(
      CommandLine commandLine, int exitCode, @Nullable String problem, String remedy) {
    String line = problem == null ? "unknown problem" : problem.lines().findFirst().orElse("");
    commandLine.getErr().println("sojourn: " + line);
    commandLine.getErr().println("  remedy: " + remedy);
    commandLine.getErr().flush();
    return exitCode;
  }
}
