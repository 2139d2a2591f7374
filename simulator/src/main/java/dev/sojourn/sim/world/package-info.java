/**
 * What the core may not know: clocks, an event queue, a network, disks and crashes, all virtual and
 * all drawn from one seed.
 */
@NullMarked
package dev.sojourn.sim.world;

import org.jspecify.annotations.NullMarked;
