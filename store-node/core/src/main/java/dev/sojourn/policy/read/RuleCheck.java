package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.FirstFit;
import dev.sojourn.policy.Otherwise;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Site;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules that can never decide, that contradict others or themselves, and classes left out. */
final class RuleCheck {
  private static final int SHOWN_MAX = 5;

  private final Policy policy;
  private final YamlProblems problems;

  RuleCheck(Policy policy, YamlProblems problems) {
    this.policy = policy;
    this.problems = problems;
  }

  void run() {
    for (Ruleset ruleset : policy.namespaces().values()) {
      new Reach(ruleset).run();
      ruleset.rules().forEach(this::checkPlaces);
      warnOfSilence(ruleset);
    }
  }

  /** Which rule decides for whom, filled in from the top. */
  private final class Reach {
    private final Ruleset ruleset;
    private final List<FirstFit> fits = new ArrayList<>();

    Reach(Ruleset ruleset) {
      this.ruleset = ruleset;
      policy.classes().forEach(each -> fits.add(new FirstFit()));
    }

    void run() {
      for (int index = 0; index < ruleset.rules().size(); index++) {
        Rule rule = ruleset.rules().get(index);
        BitSet takers = new BitSet();
        boolean isReached = false;
        for (DataClass dataClass : policy.classes()) {
          if (rule.speaksOf(dataClass.name())) {
            isReached |= fits.get(dataClass.position()).take(index, rule, takers);
          }
        }
        if (!isReached) {
          tell(rule, takers.stream().mapToObj(ruleset.rules()::get).toList());
        }
      }
    }

    private void tell(Rule rule, List<Rule> takers) {
      String above =
          takers.stream()
              .limit(SHOWN_MAX)
              .map(taker -> "`" + taker.id() + "` (line " + taker.span().line() + ")")
              .reduce((some, more) -> some + ", " + more)
              .orElse("");
      if (takers.stream().allMatch(taker -> saysTheSame(rule, taker))) {
        problems.warn(
            rule.span(),
            "rule `" + rule.id() + "` can never decide: " + above + " above says the same",
            "leave it out");
      } else {
        problems.add(
            rule.span(),
            "rule `" + rule.id() + "` can never decide, and contradicts what does: " + above,
            "put it above, or narrow the `when` of what stands above");
      }
    }
  }

  private static boolean saysTheSame(Rule one, Rule other) {
    return one.otherwise() == other.otherwise()
        && one.store().included().equals(other.store().included())
        && one.store().excluded().equals(other.store().excluded())
        && one.access().included().equals(other.access().included())
        && one.access().excluded().equals(other.access().excluded());
  }

  private void checkPlaces(Rule rule) {
    boolean hasSitesOfItsOwn =
        !rule.access().included().labels().isEmpty() || !rule.access().included().pops().isEmpty();
    PlaceCounts counts = new PlaceCounts(rule);
    Countries.ALL.asList().forEach(counts::count);
    if (!counts.unseen.isEmpty() && !hasSitesOfItsOwn) {
      problems.add(
          rule.store().words().get(0).span(),
          "rule `"
              + rule.id()
              + "` stores in "
              + Shown.of(counts.unseen)
              + ", where `access` is not given",
          "data is seen where it is stored: add it to `access`, or leave `access` out");
    }
    boolean isOfCountries = rule.access().included().isOfCountries();
    if (isOfCountries && !counts.isSeenBeyond && rule.otherwise() == Otherwise.REMOTE) {
      problems.warn(
          rule.span(),
          "rule `"
              + rule.id()
              + "` serves nobody from afar: `access` reaches no further than `store`",
          "widen `access`, or write `else: deny`");
    }
    if (counts.isSeenBeyond && rule.otherwise() == Otherwise.DENY) {
      problems.warn(
          rule.span(),
          "rule `" + rule.id() + "` gives access beyond `store`, and `else: deny` refuses it",
          "write `else: remote`, or leave `access` out");
    }
  }

  /** What a rule says of countries alone, counted. */
  private static final class PlaceCounts {
    private final Rule rule;
    private final Set<Country> unseen = new LinkedHashSet<>();
    private boolean isSeenBeyond;

    PlaceCounts(Rule rule) {
      this.rule = rule;
    }

    void count(Country country) {
      Site site = new Site(new PopId("any"), country, ImmutableSet.of());
      for (Country residency : rule.representatives(country)) {
        boolean mayStore = rule.store().contains(site, residency).orElse(false);
        boolean maySee = rule.access().contains(site, residency).orElse(false);
        if (mayStore && !maySee && unseen.size() < SHOWN_MAX) {
          unseen.add(country);
        }
        isSeenBeyond |= maySee && !mayStore;
      }
    }
  }

  private void warnOfSilence(Ruleset ruleset) {
    for (DataClass dataClass : policy.classes()) {
      boolean isSpokenOf =
          ruleset.rules().stream().anyMatch(rule -> rule.speaksOf(dataClass.name()));
      if (dataClass.sensitive() && !isSpokenOf) {
        problems.warn(
            ruleset.span(),
            "no rule of `"
                + ruleset.namespace()
                + "` speaks of the sensitive class `"
                + dataClass.name()
                + "`: it is denied everywhere",
            "add a rule, or leave it so if the application has no such data");
      }
    }
  }
}
