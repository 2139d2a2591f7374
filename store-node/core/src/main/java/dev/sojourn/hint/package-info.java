/**
 * Hints: what a client carries, sealed so that nobody but a POP can read, make or alter one; and
 * the keyed hashes that stand for session ids wherever an id must not be seen.
 *
 * <p>Pure: no clock, no threads, and nonces come from the {@link dev.sojourn.value.RandomSource}
 * that a sealer is given. Whether a hint has expired is for the caller to say.
 */
@NullMarked
package dev.sojourn.hint;

import org.jspecify.annotations.NullMarked;
