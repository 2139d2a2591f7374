@NullMarked
package dev.sojourn.sim.fault;

import org.jspecify.annotations.NullMarked;
