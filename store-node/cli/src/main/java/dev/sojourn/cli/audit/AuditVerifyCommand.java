package dev.sojourn.cli.audit;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.ledger.LedgerFile;
import dev.sojourn.server.ledger.LedgerHead;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn audit verify}. */
@Command(
    name = "verify",
    description = {
      "Checks whether ledgers are as their POPs wrote them: each line's hash, the chain, the signed"
          + " head. Exports of one POP are compared with each other."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every ledger is whole, and signed by the key that is given for its POP, or by some key",
      "1:a ledger is not whole, or not signed as it should be",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Exports, of any POPs.")
  private List<Path> files = new ArrayList<>();

  @Mixin private LedgerOptions options = new LedgerOptions();

  @Override
  public Integer call() {
    ImmutableList<LedgerFile> ledgers = options.read(files);
    PrintWriter out = spec.commandLine().getOut();
    boolean isWhole = true;
    for (LedgerFile ledger : ledgers) {
      ledger.problems().forEach(out::println);
      isWhole &= ledger.isWhole();
      if (ledger.isWhole()) {
        tell(ledger, out);
      }
    }
    for (int i = 0; i < ledgers.size(); i++) {
      for (LedgerFile other : ledgers.subList(0, i)) {
        Optional<String> contradiction =
            other.pop().equals(ledgers.get(i).pop())
                ? other.contradiction(ledgers.get(i))
                : Optional.empty();
        contradiction.ifPresent(out::println);
        isWhole &= contradiction.isEmpty();
      }
    }
    out.flush();
    return isWhole ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private void tell(LedgerFile ledger, PrintWriter out) {
    LedgerHead head = ledger.head().orElseThrow();
    out.println(
        ledger.name()
            + ": whole, "
            + ledger.lines().size()
            + (ledger.lines().size() == 1 ? " entry of `" : " entries of `")
            + ledger.pop()
            + "` up to "
            + head.at());
    if (!options.isKnown(ledger.pop())) {
      out.println("  signed by " + head.key());
      out.println("  whose key that is, this does not tell: give `--key " + ledger.pop() + "=...`");
    }
  }
}
