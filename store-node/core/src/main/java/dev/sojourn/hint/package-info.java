/** The client's sealed hint: what it says, sealing and opening it. */
@NullMarked
package dev.sojourn.hint;

import org.jspecify.annotations.NullMarked;
