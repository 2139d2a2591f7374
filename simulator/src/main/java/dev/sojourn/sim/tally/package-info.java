/** What is counted of a run: sums that may be made in parts and put together in any order. */
@NullMarked
package dev.sojourn.sim.tally;

import org.jspecify.annotations.NullMarked;
