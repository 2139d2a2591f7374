package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.AddressConverter;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.report.Diff;
import dev.sojourn.policy.report.Diff.Changed;
import dev.sojourn.policy.report.Diff.Direction;
import dev.sojourn.server.config.Address;
import dev.sojourn.value.PopId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy diff}. */
@Command(
    name = "diff",
    description = {
      "Tells which decisions a newer policy makes otherwise, whatever lines of the file that took;"
          + " those first that let data be stored or seen where it might not be.",
      "With nodes given, also how many live sessions each of them would have to move, and whereto;"
          + " nothing is moved, and the nodes go on with the policy that they have."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no decision was widened",
      "2:a decision was widened; or the command line, or a file that it names, is wrong",
      ExitCode.UNAVAILABLE_TEXT,
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

  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description =
          "A node's admin port: ask it how many live sessions NEW would have to move from there. May"
              + " be given several times; what they say is added up.")
  private List<Address> nodes = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Policy> before = PolicyInput.policy(older, err);
    byte[] content = PolicyInput.bytes(newer);
    Optional<Policy> after = PolicyInput.policy(newer, content, err);
    if (before.isEmpty() || after.isEmpty()) {
      return ExitCode.USAGE;
    }
    Diff diff = Diff.between(before.get(), after.get(), pops.sites());
    PrintWriter out = spec.commandLine().getOut();
    diff.changes().forEach(change -> tell(change, out));
    out.println(diff.changes().isEmpty() ? "no decision has changed" : summary(diff));
    out.flush();
    askNodes(content, out);
    return diff.isWidened() ? WIDENED : ExitCode.OK;
  }

  private void askNodes(byte[] policy, PrintWriter out) throws InterruptedException {
    PreviewClient client = new PreviewClient();
    List<Preview> previews = new ArrayList<>();
    for (Address node : nodes) {
      Preview preview = client.ask(node, policy);
      previews.add(preview);
      preview.lines().forEach(out::println);
      out.flush();
    }
    if (previews.size() > 1) {
      out.println(Preview.sum(previews));
      out.flush();
    }
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
