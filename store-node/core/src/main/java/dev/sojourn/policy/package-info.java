/**
 * Residency: which data may be stored where, from where it may be accessed, and what happens where
 * it may not be stored. Pure.
 *
 * <p>Start at {@link dev.sojourn.policy.Policy}, what a policy file says; {@link
 * dev.sojourn.policy.CompiledPolicy} answers from it, for the POPs of one topology, what the
 * protocol asks at each request. {@code docs/policy.md} says what the words of the file mean.
 */
@NullMarked
package dev.sojourn.policy;

import org.jspecify.annotations.NullMarked;
