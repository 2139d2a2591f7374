package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.report.Diff;
import dev.sojourn.policy.report.Diff.Changed;
import dev.sojourn.policy.report.Diff.Direction;
import dev.sojourn.value.PopId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy diff}. */
@Command(
    name = "diff",
    description = {
      "Tells which decisions a newer policy makes otherwise, whatever lines of the file that took;"
          + " those first that let data be stored or seen where it might not be."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no decision was widened",
      "2:a decision was widened; or the command line, or a file that it names, is wrong",
      ExitCode.INTERNAL_TEXT
    })
final class PolicyDiffCommand implements Callable<Integer> {
  /** As a wrong file does: what a pipeline must not let through has one code. */
  private static final int WIDENED = ExitCode.USAGE;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(index = "0", paramLabel = "OLD", description = "The policy as it was.")
  private Path older;

  @SuppressWarnings("NullAway.Init")
  @Parameters(index = "1", paramLabel = "NEW", description = "The policy as it is to be.")
  private Path newer;

  @Mixin private PopsOptions pops = new PopsOptions();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Policy> before = PolicyInput.policy(older, err);
    Optional<Policy> after = PolicyInput.policy(newer, err);
    if (before.isEmpty() || after.isEmpty()) {
      return ExitCode.USAGE;
    }
    Diff diff = Diff.between(before.get(), after.get(), pops.sites());
    PrintWriter out = spec.commandLine().getOut();
    diff.changes().forEach(change -> tell(change, out));
    out.println(diff.changes().isEmpty() ? "no decision has changed" : summary(diff));
    out.flush();
    return diff.isWidened() ? WIDENED : ExitCode.OK;
  }

  private static void tell(Changed change, PrintWriter out) {
    String examples = Words.list(change.fields().examples());
    out.println(
        switch (change.direction()) {
              case WIDENED -> "widened: ";
              case NARROWED -> "narrowed: ";
              case OTHERWISE -> "otherwise: ";
            }
            + change.namespace()
            + ", "
            + change.fields().title()
            + (examples.isEmpty() ? "" : " (" + examples + ")"));
    out.println("  residency " + Words.countries(change.residencies()));
    out.println("  at " + pops(change.pops()));
    out.println("  " + decision(change.before()) + " -> " + decision(change.after()));
  }

  private static String pops(ImmutableList<PopId> pops) {
    return Words.list(pops.stream().map(PopId::name).toList());
  }

  private static String decision(Decision decision) {
    return Words.of(decision) + " (" + Words.ground(decision) + ")";
  }

  private static String summary(Diff diff) {
    return count(diff, Direction.WIDENED)
        + " widened, "
        + count(diff, Direction.NARROWED)
        + " narrowed, "
        + count(diff, Direction.OTHERWISE)
        + " otherwise";
  }

  private static long count(Diff diff, Direction direction) {
    return diff.changes().stream().filter(each -> each.direction() == direction).count();
  }
}
