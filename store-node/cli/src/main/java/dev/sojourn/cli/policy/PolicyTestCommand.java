package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.table.TableCase;
import dev.sojourn.policy.table.TableReader;
import dev.sojourn.policy.table.TableTests;
import dev.sojourn.policy.table.TableTests.Coverage;
import dev.sojourn.policy.table.TableTests.Result;
import dev.sojourn.yaml.YamlProblems;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy test}. */
@Command(
    name = "test",
    description = {
      "Asks a policy the questions of NAME_test.yaml, which stands beside NAME.yaml, and tells where"
          + " the answer is not the one that is wanted there."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every answer is as wanted",
      "1:an answer is not as wanted",
      "2:the command line is wrong, or the policy or its tests are not sound",
      "3:there is no file of tests",
      ExitCode.INTERNAL_TEXT
    })
final class PolicyTestCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @Mixin private PopsOptions pops = new PopsOptions();

  @Option(names = "--coverage", description = "Show which rules the tests have tried, and how.")
  private boolean coverage;

  @Option(
      names = "--junit",
      paramLabel = "XML",
      description = "Write the results there as well, as JUnit does, for build servers.")
  private @Nullable Path junit;

  @Override
  public Integer call() throws IOException, XMLStreamException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<Policy> policy = PolicyInput.policy(file, err);
    if (policy.isEmpty()) {
      return ExitCode.USAGE;
    }
    Path tests = testsBeside(file);
    Optional<ImmutableList<TableCase>> cases = read(tests, policy.get(), err);
    if (cases.isEmpty()) {
      return ExitCode.USAGE;
    }
    TableTests run = TableTests.run(policy.get(), cases.get());
    tell(run, tests, out);
    if (junit != null) {
      try (Writer writer = Files.newBufferedWriter(junit)) {
        JunitXml.write(run, tests.toString(), writer);
      }
    }
    out.flush();
    return run.isPassed() ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  /** {@code shop.yaml} has its tests in {@code shop_test.yaml}. */
  static Path testsBeside(Path policy) {
    String name = String.valueOf(policy.getFileName());
    int dot = name.lastIndexOf('.');
    String tests =
        dot < 0 ? name + "_test.yaml" : name.substring(0, dot) + "_test" + name.substring(dot);
    Path beside = policy.resolveSibling(tests);
    if (!Files.isReadable(beside)) {
      throw CommandFailure.unavailable(
          "there is no `" + beside + "`", "write the tests of `" + name + "` there");
    }
    return beside;
  }

  private Optional<ImmutableList<TableCase>> read(Path tests, Policy policy, PrintWriter err) {
    YamlProblems problems = YamlProblems.of(tests.toString());
    // Without a topology, cases name the POPs that their file lists, or any POP of a country.
    Sites sites = pops.isGiven() ? pops.sites() : Sites.of(ImmutableList.of());
    Optional<ImmutableList<TableCase>> cases =
        TableReader.read(PolicyInput.bytes(tests), policy, sites, problems);
    PolicyInput.tell(problems.all(), err);
    PolicyInput.tell(problems.warnings(), err);
    return cases;
  }

  private void tell(TableTests run, Path tests, PrintWriter out) {
    for (Result result : run.results()) {
      if (!result.isPassed()) {
        out.println(tests + ":" + result.asked().span().line() + ": " + result.asked().name());
        result.misses().forEach(miss -> out.println("  " + miss));
        out.println("  decided by: " + Words.ground(result.decision()));
      }
    }
    if (coverage) {
      tellCoverage(run, out);
    }
    long failed = run.results().stream().filter(result -> !result.isPassed()).count();
    out.println(
        Words.count(run.results().size(), "case")
            + ", "
            + (failed == 0 ? "all as wanted" : failed + " not as wanted"));
  }

  private static void tellCoverage(TableTests run, PrintWriter out) {
    int width = run.coverage().stream().mapToInt(each -> title(each).length()).max().orElse(0) + 2;
    for (Coverage each : run.coverage()) {
      out.printf(
          Locale.ROOT,
          "%-" + width + "s%s%n",
          title(each),
          each.isFull()
              ? "tried both ways"
              : each.stored() > 0
                  ? "never seen to refuse storing"
                  : each.elsewhere() > 0 ? "never seen to allow storing" : "never tried");
    }
    long full = run.coverage().stream().filter(Coverage::isFull).count();
    out.println(full + " of " + Words.count(run.coverage().size(), "rule") + " tried both ways");
  }

  private static String title(Coverage coverage) {
    return coverage.namespace() + "/" + coverage.rule().id();
  }
}
