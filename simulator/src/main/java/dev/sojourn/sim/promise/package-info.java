/** What ours must keep in every run. */
@NullMarked
package dev.sojourn.sim.promise;

import org.jspecify.annotations.NullMarked;
