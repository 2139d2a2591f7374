@NullMarked
package dev.sojourn.sim.check;

import org.jspecify.annotations.NullMarked;
