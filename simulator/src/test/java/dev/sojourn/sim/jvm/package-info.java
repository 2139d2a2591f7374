@NullMarked
package dev.sojourn.sim.jvm;

import org.jspecify.annotations.NullMarked;
