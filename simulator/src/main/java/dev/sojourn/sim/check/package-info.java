/**
 * One class for each invariant of the design, seeing only what clients and disks saw. None of them
 * knows the protocol.
 */
@NullMarked
package dev.sojourn.sim.check;

import org.jspecify.annotations.NullMarked;
