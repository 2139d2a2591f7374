/** The {@code sojourn} command: nodes, keys, inspection and the demo. */
@NullMarked
package dev.sojourn.cli;

import org.jspecify.annotations.NullMarked;
