/** {@code sojourn demo}: real processes, real journeys, and a table of what they cost. */
@NullMarked
package dev.sojourn.cli.demo;

import org.jspecify.annotations.NullMarked;
