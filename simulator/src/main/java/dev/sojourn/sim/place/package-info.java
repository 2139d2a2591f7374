/**
 * Where things are and how far from each other: POPs, countries, round trips, and what is cut off.
 */
@NullMarked
package dev.sojourn.sim.place;

import org.jspecify.annotations.NullMarked;
