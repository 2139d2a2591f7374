/**
 * A run for architects: a scenario in a file, the requests that follow from it, every strategy on
 * the same requests. Start at {@link dev.sojourn.sim.run.Simulation}.
 */
@NullMarked
package dev.sojourn.sim.run;

import org.jspecify.annotations.NullMarked;
