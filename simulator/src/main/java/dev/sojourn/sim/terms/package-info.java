/** What every strategy is given alike: what is asked, what sessions are like, what things take. */
@NullMarked
package dev.sojourn.sim.terms;

import org.jspecify.annotations.NullMarked;
