package dev.sojourn.cli.policy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The POPs that a policy is looked at for. */
final class PopsOptions {
  private static final Pattern POP =
      Pattern.compile("([a-z0-9-]+)=([A-Z]{2})((?:[+][a-z][a-z0-9-]{0,31})*)");

  @Option(
      names = "--topology",
      paramLabel = "FILE",
      description = "The POPs of this topology.yaml.")
  private @Nullable Path topology;

  @Option(
      names = "--pops",
      paramLabel = "POP",
      split = ",",
      description =
          "In place of a topology: ID=COUNTRY, with labels as ID=COUNTRY+LABEL, several with commas"
              + " between them. Without either: one POP in each country, named by its code in small"
              + " letters.")
  private List<String> pops = new ArrayList<>();

  boolean isGiven() {
    return topology != null || !pops.isEmpty();
  }

  /** Those that are given, or one in each country. */
  Sites sites() {
    if (topology != null && !pops.isEmpty()) {
      throw CommandFailure.usage("both `--topology` and `--pops`", "give one of them");
    }
    if (topology != null) {
      try {
        return ConfigLoader.loadTopology(topology).sites();
      } catch (InvalidYamlException e) {
        throw CommandFailure.usage(
            e.problems().get(0).headline(), "mend the topology, or give POPs with `--pops`");
      }
    }
    return pops.isEmpty() ? Sites.oneInEachCountry() : given();
  }

  private Sites given() {
    List<Site> sites = new ArrayList<>();
    for (String text : pops) {
      Site site = site(text);
      if (sites.stream().anyMatch(each -> each.pop().equals(site.pop()))) {
        throw CommandFailure.usage(
            "POP `" + site.pop() + "` a second time", "give each POP its own id");
      }
      sites.add(site);
    }
    return Sites.of(sites);
  }

  private static Site site(String text) {
    Matcher matcher = POP.matcher(text.strip());
    if (!matcher.matches() || !PopId.isLawful(matcher.group(1))) {
      throw CommandFailure.usage(
          "`" + text + "` is no POP",
          "write `fra=DE`, or `sjc=US+west` if it has the label `west`");
    }
    Country country = new Country(matcher.group(2));
    if (!Countries.isKnown(country) && !country.equals(Country.UNKNOWN)) {
      throw CommandFailure.usage(
          "`" + country + "` of `" + text + "` is not in ISO 3166-1",
          "write `ZZ` if it is unknown");
    }
    Iterable<String> labels = Splitter.on('+').omitEmptyStrings().split(matcher.group(3));
    return new Site(new PopId(matcher.group(1)), country, ImmutableSet.copyOf(labels));
  }
}
