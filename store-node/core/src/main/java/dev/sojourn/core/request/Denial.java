package dev.sojourn.core.request;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.RuleId;
import dev.sojourn.value.PopId;

/**
 * What the residency policy of this POP forbade, for its ledger; never sent.
 *
 * @param pop where the data might not be stored or seen
 * @param classes of the data, by name
 * @param rules that decided
 */
public record Denial(PopId pop, ImmutableList<String> classes, ImmutableList<RuleId> rules) {}
