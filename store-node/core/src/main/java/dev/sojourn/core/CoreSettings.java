package dev.sojourn.core;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What the core is told at its start.
 *
 * @param self this POP
 * @param namespaces may change later by the event {@code NamespacesChanged}
 * @param clockErrorMillis by how much the wall clocks of two POPs may differ: forwards and
 *     tombstones outlive the hints that may name them by this (rule R14b)
 * @param retryFirstMillis after which something unacknowledged is said again; doubled each time
 * @param retryMaxMillis the longest pause between two repeats
 * @param life which life of its store this is
 * @param policy where data may be stored and seen; empty: anywhere. May change later by the event
 *     {@code PolicyChanged}
 * @param hotBytesMax about how much memory the sessions kept in memory may take
 */
public record CoreSettings(
    PopId self,
    ImmutableMap<Namespace, NamespaceSettings> namespaces,
    long clockErrorMillis,
    long retryFirstMillis,
    long retryMaxMillis,
    Life life,
    Optional<PolicyInForce> policy,
    long hotBytesMax) {

  public static CoreSettings of(PopId self, ImmutableMap<Namespace, NamespaceSettings> namespaces) {
    return new CoreSettings(
        self, namespaces, 600_000, 1_000, 60_000, Life.FIRST, Optional.empty(), 256L << 20);
  }
}
