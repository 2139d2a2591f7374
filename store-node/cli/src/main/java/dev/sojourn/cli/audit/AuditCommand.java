package dev.sojourn.cli.audit;

import dev.sojourn.cli.ExitCode;
import picocli.CommandLine.Command;

/** {@code sojourn audit}: works on exports alone; no node is asked. */
@Command(
    name = "audit",
    description = {
      "Checks exports of POPs' audit ledgers, and tells where a session's data have been.",
      "A node exports its ledger at its admin port, GET /ledger; see docs/audit.md."
    },
    mixinStandardHelpOptions = true,
    subcommands = {AuditVerifyCommand.class, AuditWhereCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
public final class AuditCommand {}
