package dev.sojourn.cli.demo.web;

import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.client.HintRefusedException;
import dev.sojourn.client.Inspection;
import dev.sojourn.client.SessionGoneException;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the copies of a session are, as every node tells it, and which rules keep it from where its
 * user is. Thread-safe.
 */
final class Whereabouts {
  private static final Namespace SHOP = new Namespace(ClusterFiles.NAMESPACE);

  private final Cluster cluster;
  private final Policy policy;
  private final NamespacePolicy rules;

  Whereabouts(Cluster cluster, Policy policy, List<Site> sites) {
    this.cluster = cluster;
    this.policy = policy;
    this.rules =
        CompiledPolicy.compile(
                policy,
                Sites.of(
                    sites.stream()
                        .map(
                            site ->
                                new dev.sojourn.policy.Site(
                                    site.pop(), new Country(site.country()), ImmutableSet.of()))
                        .toList()))
            .of(SHOP);
  }

  /**
   * Asks every node; this neither moves the session nor counts as its use.
   *
   * @param hint of the session, or empty
   * @param user the POP that the user is at
   */
  JsonObject of(String hint, PopId user) {
    JsonArray copies = new JsonArray();
    Set<RuleId> keeping = new LinkedHashSet<>();
    JsonObject found = new JsonObject();
    for (Inspection at : hint.isEmpty() ? List.<Inspection>of() : inspections(hint)) {
      JsonObject copy = new JsonObject();
      copy.addProperty("pop", at.pop());
      copy.addProperty("state", at.state());
      copy.addProperty("payload", at.holdsPayload());
      copies.add(copy);
      if (at.holdsPayload()) {
        found.addProperty("residency", at.residency());
        keeping.addAll(keptFrom(user, at));
      }
    }
    found.add("copies", copies);
    found.add("rules", told(keeping));
    return found;
  }

  private List<Inspection> inspections(String hint) {
    List<Inspection> all = new ArrayList<>();
    for (PopId pop : cluster.pops()) {
      try {
        all.add(cluster.client(pop).inspect(hint, false));
      } catch (HintRefusedException | SessionGoneException e) {
        // The browser may hold a hint of a session that has ended: then there is no copy here.
        continue;
      }
    }
    return all;
  }

  private Set<RuleId> keptFrom(PopId user, Inspection session) {
    Set<RuleId> keeping = new LinkedHashSet<>();
    for (Inspection.InspectedField field : session.fields()) {
      DataClass dataClass = rules.classOf(field.name(), field.dataClass());
      Decision decision = rules.decide(new Country(session.residency()), dataClass, user);
      if (!decision.mayStore()) {
        keeping.addAll(decision.deciding());
      }
    }
    return keeping;
  }

  private JsonArray told(Set<RuleId> ids) {
    JsonArray told = new JsonArray();
    for (Rule rule : policy.rulesOf(SHOP)) {
      if (ids.contains(rule.id())) {
        JsonObject each = new JsonObject();
        each.addProperty("id", rule.id().toString());
        each.addProperty("why", rule.why());
        told.add(each);
      }
    }
    return told;
  }
}
