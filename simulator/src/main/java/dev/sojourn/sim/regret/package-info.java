/** How far from the best schedule a rule for moving is, in expectation, and the bounds on that. */
@NullMarked
package dev.sojourn.sim.regret;

import org.jspecify.annotations.NullMarked;
