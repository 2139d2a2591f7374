package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What {@code topology.yaml} says: all POPs that there are or ever were, and the namespaces. The
 * same at every POP. Immutable.
 */
public record Topology(
    ImmutableMap<PopId, Pop> pops, ImmutableMap<Namespace, NamespaceSettings> namespaces) {

  /** The POP of this id, retired ones included. */
  public Optional<Pop> find(PopId pop) {
    return Optional.ofNullable(pops.get(pop));
  }

  /** The POPs in service, as the residency policy sees them. */
  public Sites sites() {
    return Sites.of(
        pops.values().stream()
            .filter(pop -> !pop.isRetired())
            .map(pop -> new Site(pop.id(), pop.country(), ImmutableSet.copyOf(pop.labels())))
            .toList());
  }

  /** Why {@code newer} may not take this one's place; empty if it may. */
  public ImmutableList<String> problemsOfReplacingWith(Topology newer) {
    return KnownPops.of(this).problemsOf(newer);
  }
}
