@NullMarked
package dev.sojourn.sim.read;

import org.jspecify.annotations.NullMarked;
