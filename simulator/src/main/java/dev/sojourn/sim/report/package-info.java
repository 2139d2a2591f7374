/** Tells people and programs what a run has shown: a screen of text, JSON, CSV, a page. */
@NullMarked
package dev.sojourn.sim.report;

import org.jspecify.annotations.NullMarked;
