package dev.sojourn.cli.keys;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn keys}: the file of secrets that every POP has a copy of. */
@Command(
    name = "keys",
    description = {
      "Makes and rotates keys.yaml, the secrets that all POPs share.",
      "No command shows a secret."
    },
    mixinStandardHelpOptions = true,
    subcommands = {KeysNewCommand.class, KeysRotateCommand.class, KeysShowIdsCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class KeysCommand {}
