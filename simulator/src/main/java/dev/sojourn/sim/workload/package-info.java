/** What clients do in a simulation. */
@NullMarked
package dev.sojourn.sim.workload;

import org.jspecify.annotations.NullMarked;
