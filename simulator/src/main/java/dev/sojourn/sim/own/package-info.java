/**
 * Ours: the very protocol that a node runs, one core at each POP, driven under virtual time.
 * Nothing here models what the protocol would do.
 */
@NullMarked
package dev.sojourn.sim.own;

import org.jspecify.annotations.NullMarked;
