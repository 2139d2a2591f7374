package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.report.Matrix;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy matrix}. */
@Command(
    name = "matrix",
    description = {
      "Shows every decision of a policy: for each class, residencies that are treated alike on a"
          + " line, POPs that are treated alike in a column."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "2:the command line is wrong, or the file is no sound policy",
      ExitCode.INTERNAL_TEXT
    })
final class PolicyMatrixCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "This application alone (default: each that the policy names).")
  private String namespace = "";

  @Option(
      names = "--residency",
      paramLabel = "COUNTRY",
      split = ",",
      description = "These alone (default: every country, and `unknown`).")
  private List<String> residencies = new ArrayList<>();

  @Mixin private PopsOptions pops = new PopsOptions();

  /** How it is shown. */
  enum Format {
    TABLE,
    /** A line for each decision: residency, class and POP. */
    CSV,
    /** A page that prints. */
    HTML
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or html (default: ${DEFAULT-VALUE}).")
  private String format = "table";

  @Override
  public Integer call() {
    Format how = format();
    Optional<Policy> policy = PolicyInput.policy(file, spec.commandLine().getErr());
    if (policy.isEmpty()) {
      return ExitCode.USAGE;
    }
    Sites sites = pops.sites();
    ImmutableList<Matrix> all =
        namespaces(policy.get()).stream()
            .map(each -> Matrix.of(policy.get(), each, residencies(), sites))
            .collect(ImmutableList.toImmutableList());
    PrintWriter out = spec.commandLine().getOut();
    switch (how) {
      case TABLE -> new MatrixTable(out).print(all);
      case CSV -> new MatrixCsv(out).print(all);
      case HTML -> new MatrixHtml(out).print(file.toString(), all);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Format format() {
    for (Format each : Format.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(format)) {
        return each;
      }
    }
    throw CommandFailure.usage("unknown format `" + format + "`", "give `table`, `csv` or `html`");
  }

  private ImmutableList<Namespace> namespaces(Policy policy) {
    return namespace.isEmpty()
        ? policy.namespaces().keySet().asList()
        : ImmutableList.of(PolicyInput.namespace(namespace, policy));
  }

  private ImmutableList<Country> residencies() {
    if (residencies.isEmpty()) {
      return ImmutableList.<Country>builder()
          .addAll(Countries.ALL.asList())
          .add(Country.UNKNOWN)
          .build();
    }
    return residencies.stream()
        .map(String::strip)
        .map(PolicyInput::residency)
        .collect(ImmutableList.toImmutableList());
  }
}
