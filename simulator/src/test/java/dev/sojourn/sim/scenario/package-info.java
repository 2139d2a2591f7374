@NullMarked
package dev.sojourn.sim.scenario;

import org.jspecify.annotations.NullMarked;
