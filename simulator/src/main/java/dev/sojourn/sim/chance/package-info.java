/** Chance that repeats. */
@NullMarked
package dev.sojourn.sim.chance;

import org.jspecify.annotations.NullMarked;
