package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.state.SessionData;
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
 * @param sinceMillis since when, by this POP's clock: what it forbids to rest here is dropped when
 *     its grace is over from then on, and not before (rule R21)
 */
public record PolicyInForce(
    CompiledPolicy rules, ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip, long sinceMillis) {

  /** One that has been in force since before anything could rest here. */
  public PolicyInForce(
      CompiledPolicy rules, ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip) {
    this(rules, byRoundTrip, 0);
  }

  /** The same policy, in force since another instant. */
  public PolicyInForce since(long millis) {
    return new PolicyInForce(rules, byRoundTrip, millis);
  }

  /** Whether all fields of a session may rest at {@code pop}, and all that its window shows. */
  public boolean mayRest(SessionData data, PopId pop) {
    NamespacePolicy applied = rules.of(data.key().namespace());
    return applied.mayStore(data.residency(), FieldClasses.present(applied, data), pop);
  }

  /** When what may not rest here any more is dropped. */
  public long graceEndsAtMillis(Namespace namespace) {
    return sinceMillis + rules.of(namespace).graceMillis();
  }

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
