/** When to move a session to its user: strategies and their stated bounds. */
@NullMarked
package dev.sojourn.core.move;

import org.jspecify.annotations.NullMarked;
