@NullMarked
package dev.sojourn.sim.run;

import org.jspecify.annotations.NullMarked;
