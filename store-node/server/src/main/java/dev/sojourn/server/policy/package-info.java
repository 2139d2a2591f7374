/**
 * The residency policy as it comes to a node and changes while it runs: signed bundles, how they
 * spread from POP to POP, and which one decides. Start at {@link
 * dev.sojourn.server.policy.RolloutDesk}; docs/decisions/0015-policy-bundles.md says why.
 */
@NullMarked
package dev.sojourn.server.policy;

import org.jspecify.annotations.NullMarked;
