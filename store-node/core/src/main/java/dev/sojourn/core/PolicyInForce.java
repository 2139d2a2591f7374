package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.request.Operation;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.List;

/**
 * The residency policy that a POP decides by.
 *
 * @param rules compiled for the POPs in service
 * @param byRoundTrip of each POP, the POPs from itself to the farthest
 */
public record PolicyInForce(
    CompiledPolicy rules, ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip) {

  /**
   * Where a session is to be made that a client of {@code pop} asks for: at the nearest POP where
   * what it brings may rest; at {@code pop} itself if there is none, which then refuses.
   *
   * @param operations of a request without a hint
   */
  public PopId birthOf(
      Namespace namespace, Country residency, List<Operation> operations, PopId pop) {
    NamespacePolicy applied = rules.of(namespace);
    return applied
        .lawful(residency, FieldClasses.brought(applied, operations), seenFrom(pop))
        .stream()
        .findFirst()
        .orElse(pop);
  }

  /** The POPs as they are seen from {@code pop}, the nearest first. */
  public ImmutableList<PopId> seenFrom(PopId pop) {
    return byRoundTrip.getOrDefault(pop, ImmutableList.of());
  }
}
