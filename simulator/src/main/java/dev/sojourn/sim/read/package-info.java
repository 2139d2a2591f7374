/**
 * Reads scenario files and what they name. Everything that is wrong is told with its place and a
 * remedy before anything runs. Start at {@link dev.sojourn.sim.read.ScenarioReader}.
 */
@NullMarked
package dev.sojourn.sim.read;

import org.jspecify.annotations.NullMarked;
