package dev.sojourn.policy.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.CountrySet;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.PlaceSet;
import dev.sojourn.policy.Places;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.report.Explanation.Change;
import dev.sojourn.policy.report.Explanation.Lost;
import dev.sojourn.policy.report.Explanation.Reason;
import dev.sojourn.policy.report.Explanation.What;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Explains decisions of one policy at the POPs of one topology. */
public final class Explainer {
  private final Policy policy;
  private final Sites sites;
  private final CompiledPolicy compiled;

  public Explainer(Policy policy, Sites sites) {
    this.policy = policy;
    this.sites = sites;
    this.compiled = CompiledPolicy.compile(policy, sites);
  }

  /**
   * Says what is decided, by which rule, and what else there was.
   *
   * @param dataClass one of {@link NamespacePolicy#classes} of this policy
   * @param site one of the topology
   */
  public Explanation explain(
      Namespace namespace, Country residency, DataClass dataClass, Site site) {
    Question question = new Question(namespace, residency, dataClass, site);
    Decision decision = question.askOf(compiled);
    Optional<Rule> rule = ruleOf(namespace, decision);
    return new Explanation(
        namespace,
        residency,
        dataClass,
        site,
        decision,
        rule,
        lost(namespace, residency, dataClass, rule),
        changes(question, decision, rule));
  }

  /** The classes of the policy, that of undeclared labels included. */
  public ImmutableList<DataClass> classes(Namespace namespace) {
    return compiled.of(namespace).classes();
  }

  /** The class of a field, as the protocol finds it. */
  public DataClass classOf(Namespace namespace, String field, String label) {
    return compiled.of(namespace).classOf(field, label);
  }

  private Optional<Rule> ruleOf(Namespace namespace, Decision decision) {
    return policy.rulesOf(namespace).stream()
        .filter(
            rule ->
                decision.deciding().contains(rule.id()) || decision.erring().contains(rule.id()))
        .findFirst();
  }

  private ImmutableList<Lost> lost(
      Namespace namespace, Country residency, DataClass dataClass, Optional<Rule> winner) {
    ImmutableList.Builder<Lost> lost = ImmutableList.builder();
    for (Rule rule : policy.rulesOf(namespace)) {
      if (winner.isPresent() && winner.get().id().equals(rule.id())) {
        continue;
      }
      if (!rule.speaksOf(dataClass.name())) {
        lost.add(new Lost(rule.id(), Reason.OTHER_CLASS, String.join(", ", rule.classes())));
      } else if (!rule.asksFor(residency).orElse(true)) {
        String asks = rule.residencies().map(String::valueOf).orElse("");
        lost.add(new Lost(rule.id(), Reason.OTHER_RESIDENCY, asks));
      } else {
        lost.add(new Lost(rule.id(), Reason.TOO_LATE, ""));
      }
    }
    return lost.build();
  }

  private ImmutableList<Change> changes(Question asked, Decision now, Optional<Rule> rule) {
    NamespacePolicy tables = compiled.of(asked.namespace());
    PopId here = asked.site().pop();
    Changes changes = new Changes(now);
    SetMultimap<Decision, String> byPop = LinkedHashMultimap.create();
    for (Site other : sites.byPop().values()) {
      byPop.put(
          tables.decide(asked.residency(), asked.dataClass(), other.pop()), other.pop().name());
    }
    changes.addAll(What.POP, byPop);
    SetMultimap<Decision, String> byResidency = LinkedHashMultimap.create();
    for (Country other : Countries.ALL.asList()) {
      byResidency.put(tables.decide(other, asked.dataClass(), here), other.code());
    }
    changes.addAll(What.RESIDENCY, byResidency);
    SetMultimap<Decision, String> byClass = LinkedHashMultimap.create();
    for (DataClass other : policy.classes()) {
      byClass.put(tables.decide(asked.residency(), other, here), other.name());
    }
    changes.addAll(What.CLASS, byClass);
    rule.ifPresent(
        each -> {
          Decision without = decideWith(asked, each.id(), ImmutableList.of());
          changes.add(What.WITHOUT_RULE, ImmutableList.of(each.id().name()), without);
          Country country = asked.site().country();
          if (!now.mayStore() && Countries.isKnown(country)) {
            Decision wider = decideWith(asked, each.id(), ImmutableList.of(widened(each, country)));
            changes.add(What.WIDER_STORE, ImmutableList.of(country.code()), wider);
          }
        });
    return changes.all();
  }

  /** What a decision is asked for. */
  private record Question(Namespace namespace, Country residency, DataClass dataClass, Site site) {
    Decision askOf(CompiledPolicy policy) {
      return policy.of(namespace).decide(residency, dataClass, site.pop());
    }
  }

  /** Those that would lead to a decision that allows something else. */
  private static final class Changes {
    private final Decision now;
    private final ImmutableList.Builder<Change> changes = ImmutableList.builder();

    Changes(Decision now) {
      this.now = now;
    }

    void add(What what, ImmutableList<String> names, Decision other) {
      if (!other.allowsAsMuchAs(now)) {
        changes.add(new Change(what, names, other));
      }
    }

    void addAll(What what, SetMultimap<Decision, String> byDecision) {
      for (Decision decision : byDecision.keySet()) {
        add(what, ImmutableList.copyOf(byDecision.get(decision)), decision);
      }
    }

    ImmutableList<Change> all() {
      return changes.build();
    }
  }

  private static Rule widened(Rule rule, Country country) {
    return new Rule(
        rule.id(),
        rule.why(),
        rule.residencies(),
        rule.classes(),
        plus(rule.store(), country),
        plus(rule.access(), country),
        rule.otherwise(),
        rule.span());
  }

  private static Places plus(Places places, Country country) {
    PlaceSet one = PlaceSet.ofCountries(CountrySet.of(ImmutableList.of(country)));
    return new Places(places.words(), places.included().plus(one), places.excluded());
  }

  /** The decision if {@code instead} stood where that rule stands. */
  private Decision decideWith(Question asked, RuleId replaced, ImmutableList<Rule> instead) {
    Namespace namespace = asked.namespace();
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    for (Rule rule : policy.rulesOf(namespace)) {
      rules.addAll(rule.id().equals(replaced) ? instead : ImmutableList.of(rule));
    }
    ImmutableMap<Namespace, Ruleset> changed =
        ImmutableMap.copyOf(
            Maps.transformValues(
                Maps.filterKeys(policy.namespaces(), namespace::equals),
                ruleset ->
                    new Ruleset(
                        ruleset.namespace(),
                        ruleset.graceMillis(),
                        rules.build(),
                        ruleset.span())));
    Policy other = new Policy(policy.version(), policy.groups(), policy.classes(), changed);
    Sites here = Sites.of(ImmutableList.of(asked.site()));
    return asked.askOf(CompiledPolicy.compile(other, here));
  }
}
