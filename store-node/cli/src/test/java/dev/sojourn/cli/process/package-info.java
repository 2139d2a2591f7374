/** Tests with real node processes, which are killed while relays hold what they said. */
@NullMarked
package dev.sojourn.cli.process;

import org.jspecify.annotations.NullMarked;
