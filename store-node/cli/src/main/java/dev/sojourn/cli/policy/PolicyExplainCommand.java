package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.report.Explainer;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.Suggestion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy explain}. */
@Command(
    name = "explain",
    description = {
      "Tells what a policy decides of one residency, class and POP: by which rule and for which"
          + " duty, why the other rules do not decide, and what would change the answer."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:explained, whatever the decision",
      "2:the command line is wrong, or the file is no sound policy",
      ExitCode.INTERNAL_TEXT
    })
final class PolicyExplainCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "The application.")
  private String namespace = "";

  @Option(
      names = "--residency",
      paramLabel = "COUNTRY",
      required = true,
      description = "The session's, as `DE`, or `unknown`.")
  private String residency = "";

  @SuppressWarnings("NullAway.Init")
  @ArgGroup(multiplicity = "1")
  private Data data;

  @Option(names = "--label", paramLabel = "LABEL", description = "The application's, with --field.")
  private String label = "";

  @Option(
      names = "--pop",
      paramLabel = "POP",
      required = true,
      description = "The POP; or a country, for any POP there without labels.")
  private String pop = "";

  @Mixin private PopsOptions pops = new PopsOptions();

  /** Which data is meant. */
  static final class Data {
    @Option(names = "--class", paramLabel = "CLASS", description = "The class of the data.")
    private @Nullable String dataClass;

    @Option(names = "--field", paramLabel = "FIELD", description = "Or a field's name.")
    private @Nullable String field;
  }

  @Override
  public Integer call() {
    Optional<Policy> policy = PolicyInput.policy(file, spec.commandLine().getErr());
    if (policy.isEmpty()) {
      return ExitCode.USAGE;
    }
    Namespace asked = PolicyInput.namespace(namespace, policy.get());
    Country country = PolicyInput.residency(residency);
    Site site = site(pops.sites());
    Sites sites = withIt(pops.sites(), site);
    Explainer explainer = new Explainer(policy.get(), sites);
    DataClass dataClass = dataClass(explainer, asked);
    PrintWriter out = spec.commandLine().getOut();
    String which = data.field == null ? "" : " (field `" + data.field + "`)";
    new ExplanationText(file.toString(), explainer.explain(asked, country, dataClass, site), which)
        .lines()
        .forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }

  private DataClass dataClass(Explainer explainer, Namespace asked) {
    if (data.field != null) {
      return explainer.classOf(asked, data.field, label);
    }
    String name = String.valueOf(data.dataClass);
    ImmutableList<DataClass> classes = explainer.classes(asked);
    return classes.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              Iterable<String> names = Iterables.transform(classes, DataClass::name);
              return CommandFailure.usage(
                  "the policy has no class `" + name + "`",
                  Suggestion.nearest(name, names)
                      .map(near -> "did you mean `" + near + "`?")
                      .orElse("it has: " + String.join(", ", names)));
            });
  }

  private Site site(Sites sites) {
    Optional<Country> country = PolicyInput.country(pop);
    if (country.isPresent()) {
      PopId any = new PopId("any-" + pop.toLowerCase(Locale.ROOT));
      return new Site(any, country.get(), ImmutableSet.of());
    }
    Optional<Site> found = PopId.isLawful(pop) ? sites.find(new PopId(pop)) : Optional.empty();
    return found.orElseThrow(
        () ->
            CommandFailure.usage(
                "there is no POP `" + pop + "`",
                Suggestion.nearest(pop, Iterables.transform(sites.byPop().keySet(), PopId::name))
                    .filter(near -> pops.isGiven())
                    .map(near -> "did you mean `" + near + "`?")
                    .orElse("give `--topology` or `--pops`, or a country in capitals")));
  }

  private static Sites withIt(Sites sites, Site site) {
    return sites.find(site.pop()).isPresent()
        ? sites
        : Sites.of(Iterables.concat(sites.byPop().values(), ImmutableList.of(site)));
  }
}
