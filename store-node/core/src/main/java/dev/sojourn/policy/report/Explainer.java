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
    NamespacePolicy tables = compiled.of(namespace);
    Decision decision = tables.decide(residency, dataClass, site.pop());
    Optional<Rule> rule = ruleOf(namespace, decision);
    return new Explanation(
        namespace,
        residency,
        dataClass,
        site,
        decision,
        rule,
        lost(namespace, residency, dataClass, rule),
        changes(namespace, residency, dataClass, site, decision, rule));
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

  private ImmutableList<Change> changes(
      Namespace namespace,
      Country residency,
      DataClass dataClass,
      Site site,
      Decision now,
      Optional<Rule> rule) {
    NamespacePolicy tables = compiled.of(namespace);
    ImmutableList.Builder<Change> changes = ImmutableList.builder();
    SetMultimap<Decision, String> byPop = LinkedHashMultimap.create();
    for (Site other : sites.byPop().values()) {
      byPop.put(tables.decide(residency, dataClass, other.pop()), other.pop().name());
    }
    addAll(changes, What.POP, byPop, now);
    SetMultimap<Decision, String> byResidency = LinkedHashMultimap.create();
    for (Country other : Countries.ALL.asList()) {
      byResidency.put(tables.decide(other, dataClass, site.pop()), other.code());
    }
    addAll(changes, What.RESIDENCY, byResidency, now);
    SetMultimap<Decision, String> byClass = LinkedHashMultimap.create();
    for (DataClass other : policy.classes()) {
      byClass.put(tables.decide(residency, other, site.pop()), other.name());
    }
    addAll(changes, What.CLASS, byClass, now);
    rule.ifPresent(
        each -> {
          addWithout(changes, namespace, residency, dataClass, site, now, each);
          addWider(changes, namespace, residency, dataClass, site, now, each);
        });
    return changes.build();
  }

  /** One change for each decision that differs in what it allows. */
  private static void addAll(
      ImmutableList.Builder<Change> changes,
      What what,
      SetMultimap<Decision, String> byDecision,
      Decision now) {
    for (Decision decision : byDecision.keySet()) {
      if (!decision.allowsAsMuchAs(now)) {
        changes.add(new Change(what, ImmutableList.copyOf(byDecision.get(decision)), decision));
      }
    }
  }

  private void addWithout(
      ImmutableList.Builder<Change> changes,
      Namespace namespace,
      Country residency,
      DataClass dataClass,
      Site site,
      Decision now,
      Rule rule) {
    Decision other =
        decideWith(namespace, rule.id(), ImmutableList.of(), residency, dataClass, site);
    if (!other.allowsAsMuchAs(now)) {
      changes.add(new Change(What.WITHOUT_RULE, ImmutableList.of(rule.id().name()), other));
    }
  }

  private void addWider(
      ImmutableList.Builder<Change> changes,
      Namespace namespace,
      Country residency,
      DataClass dataClass,
      Site site,
      Decision now,
      Rule rule) {
    if (now.mayStore() || !Countries.isKnown(site.country())) {
      return;
    }
    Rule wider =
        new Rule(
            rule.id(),
            rule.why(),
            rule.residencies(),
            rule.classes(),
            plus(rule.store(), site.country()),
            plus(rule.access(), site.country()),
            rule.otherwise(),
            rule.span());
    Decision other =
        decideWith(namespace, rule.id(), ImmutableList.of(wider), residency, dataClass, site);
    if (!other.allowsAsMuchAs(now)) {
      changes.add(new Change(What.WIDER_STORE, ImmutableList.of(site.country().code()), other));
    }
  }

  private static Places plus(Places places, Country country) {
    PlaceSet one = PlaceSet.ofCountries(CountrySet.of(ImmutableList.of(country)));
    return new Places(places.words(), places.included().plus(one), places.excluded());
  }

  /** The decision if {@code instead} stood where that rule stands. */
  private Decision decideWith(
      Namespace namespace,
      RuleId replaced,
      ImmutableList<Rule> instead,
      Country residency,
      DataClass dataClass,
      Site site) {
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
    Sites here = Sites.of(ImmutableList.of(site));
    return CompiledPolicy.compile(other, here)
        .of(namespace)
        .decide(residency, dataClass, site.pop());
  }
}
