@NullMarked
package dev.sojourn.sim.own;

import org.jspecify.annotations.NullMarked;
