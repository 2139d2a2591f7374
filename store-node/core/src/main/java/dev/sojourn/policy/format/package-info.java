/**
 * Writes a policy file the one way that policy files are written, comments kept.
 *
 * <p>Start at {@link dev.sojourn.policy.format.PolicyFormatter}.
 */
@NullMarked
package dev.sojourn.policy.format;

import org.jspecify.annotations.NullMarked;
