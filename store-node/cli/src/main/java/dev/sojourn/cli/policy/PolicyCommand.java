package dev.sojourn.cli.policy;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn policy}: works on files alone; no node is asked. */
@Command(
    name = "policy",
    description = {
      "Checks, tests, explains and compares residency policies.",
      "docs/policy.md says how to write one."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyValidateCommand.class,
      PolicyTestCommand.class,
      PolicyExplainCommand.class,
      PolicyMatrixCommand.class,
      PolicyDiffCommand.class,
      PolicyFmtCommand.class,
      PolicySchemaCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class PolicyCommand {}
