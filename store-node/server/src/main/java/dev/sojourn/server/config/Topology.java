package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings;
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

  /**
   * Why {@code newer} may not take this one's place; empty if it may. A POP's id stands in session
   * ids, hints and records for as long as those live, so it never goes and never means another
   * site.
   */
  public ImmutableList<String> problemsOfReplacingWith(Topology newer) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    for (Pop before : pops.values()) {
      Pop after = newer.pops.get(before.id());
      if (after == null) {
        problems.add(
            "POP `"
                + before.id()
                + "` is gone; keep its entry, with `status: retired` if it is out of service");
      } else if (before.isRetired() && !after.isRetired()) {
        problems.add(
            "POP `"
                + before.id()
                + "` was retired and cannot come back; give the site an id that was never used");
      } else if (!before.country().equals(after.country())) {
        problems.add(
            String.format(
                "POP `%s` cannot move from `%s` to `%s`; retire it, and give the new site an id that"
                    + " was never used",
                before.id(), before.country(), after.country()));
      }
    }
    return problems.build();
  }
}
