@NullMarked
package dev.sojourn.sim.world;

import org.jspecify.annotations.NullMarked;
