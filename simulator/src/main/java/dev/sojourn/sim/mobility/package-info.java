/** Where users are at which time, and when they come: drawn by rule, or read from a trace. */
@NullMarked
package dev.sojourn.sim.mobility;

import org.jspecify.annotations.NullMarked;
