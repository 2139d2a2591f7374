/** What goes wrong in a simulation, each kind of fault in its own class, all drawn from a seed. */
@NullMarked
package dev.sojourn.sim.fault;

import org.jspecify.annotations.NullMarked;
