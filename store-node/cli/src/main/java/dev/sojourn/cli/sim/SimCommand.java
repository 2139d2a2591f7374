package dev.sojourn.cli.sim;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn sim}: the protocol in virtual time, for architects and against its faults. */
@Command(
    name = "sim",
    description = {
      "Runs the protocol that a node runs, in virtual time: on a map, or in worlds where everything fails.",
      "One seed is one run, on any machine."
    },
    mixinStandardHelpOptions = true,
    subcommands = {SimRunCommand.class, SimCheckCommand.class, SimReplayCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class SimCommand {}
