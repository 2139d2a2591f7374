/** A scenario that was read and found good, and what its users ask. */
@NullMarked
package dev.sojourn.sim.setup;

import org.jspecify.annotations.NullMarked;
