@NullMarked
package dev.sojourn.sim.tally;

import org.jspecify.annotations.NullMarked;
