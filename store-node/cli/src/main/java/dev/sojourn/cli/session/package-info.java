/** Inspecting one session from the command line. */
@NullMarked
package dev.sojourn.cli.session;

import org.jspecify.annotations.NullMarked;
