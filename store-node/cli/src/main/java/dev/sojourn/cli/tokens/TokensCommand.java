package dev.sojourn.cli.tokens;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn tokens}: the file that says which applications may call the edge gateway. */
@Command(
    name = "tokens",
    description = {
      "Makes the tokens with which applications call the edge gateway.",
      "The file holds digests: a token is told once, when it is made."
    },
    mixinStandardHelpOptions = true,
    subcommands = {TokensNewCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class TokensCommand {}
