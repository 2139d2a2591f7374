/**
 * Other ways to keep sessions, on the same requests and network as ours: a small class each. To add
 * the one that you run today, write another and list it in {@link dev.sojourn.sim.rival.Rivals}.
 */
@NullMarked
package dev.sojourn.sim.rival;

import org.jspecify.annotations.NullMarked;
