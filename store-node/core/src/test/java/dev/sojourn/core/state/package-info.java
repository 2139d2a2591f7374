/** What a session is made of. */
@NullMarked
package dev.sojourn.core.state;

import org.jspecify.annotations.NullMarked;
