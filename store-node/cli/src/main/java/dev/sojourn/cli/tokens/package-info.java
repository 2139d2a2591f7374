/** {@code sojourn tokens}. */
@NullMarked
package dev.sojourn.cli.tokens;

import org.jspecify.annotations.NullMarked;
