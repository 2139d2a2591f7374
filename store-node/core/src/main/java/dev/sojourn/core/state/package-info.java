/** What a session can be at this POP: sealed, each state with its lawful exits. */
@NullMarked
package dev.sojourn.core.state;

import org.jspecify.annotations.NullMarked;
