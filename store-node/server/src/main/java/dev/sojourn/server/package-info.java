/** A POP's node. Start at {@link dev.sojourn.server.Node}. */
@NullMarked
package dev.sojourn.server;

import org.jspecify.annotations.NullMarked;
