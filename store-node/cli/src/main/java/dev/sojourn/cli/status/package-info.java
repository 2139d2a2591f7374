/** How nodes stand, for a person at a terminal. */
@NullMarked
package dev.sojourn.cli.status;

import org.jspecify.annotations.NullMarked;
