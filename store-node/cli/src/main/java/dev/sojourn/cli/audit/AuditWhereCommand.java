package dev.sojourn.cli.audit;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.server.ledger.LedgerFile;
import dev.sojourn.server.ledger.LedgerLine;
import dev.sojourn.server.ledger.Whereabouts;
import dev.sojourn.server.ledger.Whereabouts.Stay;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn audit where}. */
@Command(
    name = "where",
    description = {
      "Tells every place where a session's data have ever been at rest, and whence they were seen,"
          + " as the ledgers of the POPs have it; and which POP's ledger is missing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the ledgers are whole, and tell all there is to know",
      "1:a ledger is missing, not whole, or knows nothing of the session",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
final class AuditWhereCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "KEYHASH",
      description = "The session's keyed hash, as `sojourn session` and the logs show it.")
  private String session = "";

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      arity = "1..*",
      description = "An export of each POP.")
  private List<Path> files = new ArrayList<>();

  @Mixin private LedgerOptions options = new LedgerOptions();

  @Override
  public Integer call() {
    if (!session.matches("[0-9a-f]{32}")) {
      throw CommandFailure.usage(
          "`" + session + "` is no key hash", "give its 32 hexadecimal digits, in small letters");
    }
    ImmutableList<LedgerFile> ledgers = options.read(files);
    PrintWriter out = spec.commandLine().getOut();
    Whereabouts whereabouts = Whereabouts.of(session, ledgers);
    whereabouts.stays().forEach(stay -> tell(stay, out));
    whereabouts.seen().forEach(line -> tellSeen(line, out));
    whereabouts
        .missing()
        .forEach(
            pop ->
                out.println(
                    pop
                        + ": not known, since no ledger of it was given; it had the session, or was"
                        + " to get it"));
    boolean isKnown = !whereabouts.stays().isEmpty() && whereabouts.missing().isEmpty();
    if (whereabouts.stays().isEmpty()) {
      out.println("these ledgers know of no place where it was at rest");
    }
    for (LedgerFile ledger : ledgers) {
      if (!ledger.isWhole()) {
        isKnown = false;
        out.println("not to be relied on: " + ledger.problems().get(0));
      }
    }
    out.flush();
    return isKnown ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private static void tell(Stay stay, PrintWriter out) {
    boolean isComplete = EnumSet.of(Act.CREATED, Act.TAKEN, Act.KEPT).contains(stay.came().act());
    out.println(
        stay.pop()
            + ": "
            + (isComplete ? "from " : "from before ")
            + stay.came().at()
            + stay.gone().map(line -> " to " + line.at()).orElse(" on")
            + ", "
            + how(stay.came())
            + (stay.classes().isEmpty() ? "" : ", with " + String.join(", ", stay.classes())));
  }

  private static String how(LedgerLine came) {
    return switch (came.act()) {
      case CREATED -> "made there";
      case TAKEN -> "taken from " + came.from();
      case KEPT -> "kept for its owner";
      default -> "before its ledger began";
    };
  }

  private static void tellSeen(LedgerLine line, PrintWriter out) {
    out.println(
        line.to()
            + ": seen from "
            + line.at()
            + " on, by "
            + line.from()
            + (line.classes().isEmpty() ? "" : ", " + String.join(", ", line.classes())));
  }
}
