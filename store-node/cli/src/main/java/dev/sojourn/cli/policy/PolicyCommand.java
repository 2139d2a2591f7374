package dev.sojourn.cli.policy;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn policy}: works on files alone, but for {@code push} and {@code status}. */
@Command(
    name = "policy",
    description = {
      "Checks, tests, explains and compares residency policies, and brings them to nodes.",
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
      PolicySchemaCommand.class,
      PolicyKeygenCommand.class,
      PolicyPushCommand.class,
      PolicyStatusCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class PolicyCommand {}
