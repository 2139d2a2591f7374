@NullMarked
package dev.sojourn.sim.layers;

import org.jspecify.annotations.NullMarked;
