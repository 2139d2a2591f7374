/** What the shell must do: one record each, named as an order. */
@NullMarked
package dev.sojourn.core.effect;

import org.jspecify.annotations.NullMarked;
