@NullMarked
package dev.sojourn.sim.regret;

import org.jspecify.annotations.NullMarked;
