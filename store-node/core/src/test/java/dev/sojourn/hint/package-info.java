/** Tests of hints. */
@NullMarked
package dev.sojourn.hint;

import org.jspecify.annotations.NullMarked;
