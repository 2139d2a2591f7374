@NullMarked
package dev.sojourn.sim.report;

import org.jspecify.annotations.NullMarked;
