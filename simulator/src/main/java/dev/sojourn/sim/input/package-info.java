/** Files that a run is made of, read with the place of whatever is wrong in them. */
@NullMarked
package dev.sojourn.sim.input;

import org.jspecify.annotations.NullMarked;
