@NullMarked
package dev.sojourn.sim.swarm;

import org.jspecify.annotations.NullMarked;
