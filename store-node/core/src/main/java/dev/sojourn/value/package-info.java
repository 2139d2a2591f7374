/**
 * The words of the domain as immutable values: ids, epochs, bytes. Everything else builds on these.
 */
@NullMarked
package dev.sojourn.value;

import org.jspecify.annotations.NullMarked;
