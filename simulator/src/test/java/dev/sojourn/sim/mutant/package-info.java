/** The core broken on purpose: every break must be found by the swarm. */
@NullMarked
package dev.sojourn.sim.mutant;

import org.jspecify.annotations.NullMarked;
