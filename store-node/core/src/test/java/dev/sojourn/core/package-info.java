/** The protocol, driven event by event: one POP under test, its peers played by the test. */
@NullMarked
package dev.sojourn.core;

import org.jspecify.annotations.NullMarked;
