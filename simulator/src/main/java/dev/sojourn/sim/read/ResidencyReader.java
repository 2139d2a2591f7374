package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.policy.read.SitesCheck;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the residency policy that a scenario names, as a node would. */
final class ResidencyReader {
  private static final Namespace SHOP = new Namespace("shop");

  private final Sources sources;
  private final Problems problems;
  private final Sites sites;

  ResidencyReader(Sources sources, Problems problems, Sites sites) {
    this.sources = sources;
    this.problems = problems;
    this.sites = sites;
  }

  /**
   * Empty if none is named, or if something is wrong, which has been reported.
   *
   * @param file of the policy
   * @param namespace of the policy that the scenario's application is
   * @param named the session's named fields
   * @param others all its other fields
   */
  Optional<Residency> read(
      YamlValue file,
      YamlValue namespace,
      ImmutableSet<String> named,
      ImmutableSet<String> others) {
    Optional<Namespace> wanted = namespace.text(Namespace::new);
    if (!file.isPresent()) {
      if (namespace.isPresent()) {
        namespace.refuse("without a policy a namespace says nothing", "name a `policy`");
      }
      return Optional.empty();
    }
    if (sites.size() > Residency.POPS_MAX) {
      file.refuse(
          "a policy with more than " + Residency.POPS_MAX + " POPs takes too much memory",
          "give fewer POPs, or leave `policy` out");
      return Optional.empty();
    }
    Optional<Policy> policy = file.text().flatMap(name -> policy(name, file));
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    Namespace application = wanted.orElse(only(policy.get()));
    if (!policy.get().namespaces().containsKey(application)) {
      List<String> known =
          policy.get().namespaces().keySet().stream().map(Namespace::name).toList();
      YamlValue place = namespace.isPresent() ? namespace : file;
      problems.own().addUnknown(place.span(), "namespace", application.name(), known);
      return Optional.empty();
    }
    PolicyInForce inForce =
        new PolicyInForce(CompiledPolicy.compile(policy.get(), policySites()), nearness());
    return Optional.of(
        new Residency(application, inForce, inForce.rules().of(application), sites, named, others));
  }

  private static Namespace only(Policy policy) {
    return policy.namespaces().size() == 1 ? policy.namespaces().keySet().iterator().next() : SHOP;
  }

  private Optional<Policy> policy(String name, YamlValue where) {
    Optional<byte[]> content = sources.policy(name);
    if (content.isEmpty()) {
      String shipped = String.join(", ", Sources.policies());
      where.refuse(
          "there is no policy `" + name + "`",
          "paths begin at the scenario's own folder; shipped are: " + shipped);
      return Optional.empty();
    }
    YamlProblems own = YamlProblems.of(name);
    problems.watch(own);
    Optional<Policy> policy = PolicyReader.read(content.get(), own);
    policy.ifPresent(read -> new SitesCheck(read, policySites(), own).run());
    return policy.filter(read -> own.isEmpty());
  }

  private dev.sojourn.policy.Sites policySites() {
    return dev.sojourn.policy.Sites.of(
        sites.all().stream()
            .map(each -> new Site(each.id(), each.law(), ImmutableSet.of()))
            .toList());
  }

  /** By great circles, as a node has it: all POPs must agree on which one is the nearest. */
  private ImmutableMap<PopId, ImmutableList<PopId>> nearness() {
    return PolicyInForce.nearness(
        IntStream.range(0, sites.size()).boxed().toList(),
        pop -> sites.get(pop).id(),
        (from, to) -> to.equals(from) ? -1 : sites.km(from, to));
  }
}
