package dev.sojourn.cli.sim;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn sim}: looks for faults of the protocol, and shows them. */
@Command(
    name = "sim",
    description = {
      "Runs the protocol that a node runs, in simulated worlds where everything fails.",
      "One seed is one run, on any machine."
    },
    mixinStandardHelpOptions = true,
    subcommands = {SimCheckCommand.class, SimReplayCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class SimCommand {}
