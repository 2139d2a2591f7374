package dev.sojourn.cli.policy;

import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.policy.read.SitesCheck;
import dev.sojourn.yaml.YamlProblems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy validate}. */
@Command(
    name = "validate",
    description = {
      "Tells every mistake in a policy with its place and its remedy; each on a line of its own,"
          + " with the source below it.",
      "With POPs given, also what the policy comes to there: rules that no POP can satisfy, and"
          + " sessions with nowhere to live."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the policy is sound; there may be warnings",
      "1:the policy is not sound, or there are warnings and --strict is given",
      ExitCode.USAGE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
final class PolicyValidateCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @Mixin private PopsOptions pops = new PopsOptions();

  @Option(names = "--strict", description = "Take warnings for mistakes.")
  private boolean strict;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<Policy> policy = PolicyReader.read(PolicyInput.bytes(file), problems);
    if (pops.isGiven()) {
      policy.ifPresent(read -> new SitesCheck(read, pops.sites(), problems).run());
    }
    PolicyInput.tell(problems.all(), out);
    PolicyInput.tell(problems.warnings(), out);
    int warnings = problems.warnings().size();
    boolean isSound = policy.isPresent() && problems.isEmpty();
    out.println(
        isSound
            ? file + ": sound, " + summary(policy.get()) + Words.count(warnings, "warning")
            : file + ": not sound, " + Words.count(problems.all().size(), "mistake"));
    out.flush();
    boolean isAsItShouldBe = isSound && !(strict && warnings > 0);
    return isAsItShouldBe ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private static String summary(Policy policy) {
    int rules = policy.namespaces().values().stream().mapToInt(each -> each.rules().size()).sum();
    return "version "
        + policy.version()
        + ": "
        + Words.count(policy.namespaces().size(), "namespace")
        + ", "
        + Words.count(policy.classes().size(), "class")
        + ", "
        + Words.count(rules, "rule")
        + ", ";
  }
}
