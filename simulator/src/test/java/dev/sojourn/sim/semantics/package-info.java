@NullMarked
package dev.sojourn.sim.semantics;

import org.jspecify.annotations.NullMarked;
