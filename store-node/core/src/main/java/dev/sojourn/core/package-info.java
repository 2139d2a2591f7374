/** The protocol as a pure state machine. Start at {@link dev.sojourn.core.SessionProtocol}. */
@NullMarked
package dev.sojourn.core;

import org.jspecify.annotations.NullMarked;
