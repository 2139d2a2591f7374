@NullMarked
package dev.sojourn.sim.rival;

import org.jspecify.annotations.NullMarked;
