/** Races as text that anybody can read: a small language over the world. */
@NullMarked
package dev.sojourn.sim.scenario;

import org.jspecify.annotations.NullMarked;
