/**
 * From the bytes of a policy file to a {@link dev.sojourn.policy.Policy}, with every mistake told
 * at its place.
 *
 * <p>Start at {@link dev.sojourn.policy.read.PolicyReader}.
 */
@NullMarked
package dev.sojourn.policy.read;

import org.jspecify.annotations.NullMarked;
