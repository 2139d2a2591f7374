/** Where which data of whose sessions may be, by the policy that a scenario names. */
@NullMarked
package dev.sojourn.sim.residency;

import org.jspecify.annotations.NullMarked;
