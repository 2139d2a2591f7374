package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.Span;

/**
 * What a policy says of one namespace.
 *
 * @param graceMillis how long data that may no longer rest where it lies is offered to lawful POPs
 *     before it is dropped (R21); 0 to 90 days
 * @param rules the first that fits decides
 * @param span of the namespace's name
 */
public record Ruleset(Namespace namespace, long graceMillis, ImmutableList<Rule> rules, Span span) {
  public static final long GRACE_MILLIS_DEFAULT = 86_400_000L;
}
