/**
 * Many small worlds, each drawn from a seed: what clients do, what goes wrong, and which kinds of
 * faults there are at all. That each run has only some of the kinds finds more than all kinds at
 * once (swarm testing: Groce, Zhang, Eide, Chen and Regehr, ISSTA 2012).
 *
 * <p>A run is told as a {@link dev.sojourn.sim.swarm.Plan}, which can be written as text, made
 * smaller, and played again.
 */
@NullMarked
package dev.sojourn.sim.swarm;

import org.jspecify.annotations.NullMarked;
